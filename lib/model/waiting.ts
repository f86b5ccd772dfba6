/**
 * Every figure of how long a database is waited for and how often it is tried again. Milliseconds,
 * unless a name says otherwise.
 */

/** How a thing is tried again: pauses are random, and the longest possible one doubles each time. */
export interface RetryBudget {
  readonly attempts: number;
  /** No attempt begins after so much time. */
  readonly time: number;
  readonly firstPause: number;
  readonly longestPause: number;
}

/**
 * A transaction that lost against others. Of 64 that write to Dolt at once the last one's turn came
 * after 20 s (measured), and each attempt may itself wait for a lock.
 */
export const busyBudget: RetryBudget = {
  attempts: 40,
  time: 60_000,
  firstPause: 10,
  longestPause: 250,
};

/** A server with no connection to spare, as a fleet leaves it for moments. */
export const fullBudget: RetryBudget = {
  attempts: 12,
  time: 10_000,
  firstPause: 40,
  longestPause: 500,
};

/** A server that was there a moment ago: it restarts, or another one takes its address. */
export const reconnectBudget: RetryBudget = {
  attempts: 20,
  time: 5_000,
  firstPause: 40,
  longestPause: 500,
};

/** How often one transaction is begun anew on account of lost connections. */
export const lostConnections = 3;

/** How long a command waits for a lock of SQLite's before it counts as a lost race. */
export const busyTimeout = 5_000;

/**
 * How long a writer lets SQLite wait for its turn before it begins to wait anew. Shorter rounds are
 * fairer, and cost the machine more: with 30 a third of the rate (measured).
 */
export const writerRound = 100;

/** How long a server may say nothing while it owes an answer. */
export const silenceLimit = 10_000;

/**
 * How long a whole answer may take, beyond the time that its server may be silent: 100,000 tasks have
 * 70 MB, which a line of 10 Mbit/s brings in a minute.
 */
export const answerLimit = 60_000;

/** A statement of the schema can rebuild a table: it may keep the server busy for this long. */
export const schemaSilenceLimit = 300_000;

/** Seconds of silence after which the server ends a writer, so that a sleeping one frees its rows. */
export const idleSeconds = 10;

/** Seconds for which a writer waits for another one's row. */
export const rowLockSeconds = 5;

/** How long the end of a reading transaction waits for a statement to travel with. */
export const leftoverDelay = 20;

/** How writers queue on an engine that locks no rows (lib/store/mysql/writer-queue.ts). */
export const writerQueue = {
  /** So many wait in the order of their arrival; to walk past the free ones costs Dolt 0.7 ms. */
  places: 64,
  /** Seconds after which a queue that does not move is not waited for any longer. */
  seconds: 2,
  /** How often who found no place, while others moved on, tries again before it goes on regardless. */
  rounds: 25,
  /** Dolt says nothing before a writer's turn has come: 64 took 30 s on a machine that was busy. */
  silenceLimit: 60_000,
} as const;

/** A server that copies all of its history says nothing before it is done. */
export const backupSilenceLimit = 3_600_000;

/** Seconds that a migration waits for another one. */
export const migrationSeconds = 60;
