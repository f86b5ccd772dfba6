/** Lengths in Unicode code points, as MySQL counts VARCHAR. */
export const limits = {
  title: 500,
  description: 65_536,
  note: 65_536,
  reason: 2_000,
  outcome: 65_536,
  context: 262_144,
  agent: 100,
  session: 128,
  actor: 200,
  branch: 100,
  /** Path of a file that a session edits. */
  path: 500,
  planSubtasks: 200,
  /** Tasks that one command changes together. */
  tasksTogether: 100,
  /** Name of a client, a project or infrastructure. */
  entryName: 200,
  repository: 500,
  /** Levels of objects and lists in a context or a report. */
  nesting: 64,
  /** Tasks that one report leaves to do, and facts that it teaches. */
  reportItems: 200,
  /** Minutes of one task: 19 years. */
  minutes: 10_000_000,
  /** Minutes of one work item before rounding: what the column holds. */
  billedMinutes: 2_000_000_000,
  /** Category of a work item. */
  category: 64,
  /** Infrastructures of one task. */
  taskInfrastructure: 50,
  /** Labels of one task, and the length of one. */
  taskLabels: 20,
  label: 50,
  /** What an hour costs, in a currency's smallest unit; a column holds no more. */
  rate: 999_999_999,
  /** Step that billable minutes are rounded to. */
  roundingMinutes: 480,
  /** A whole key, as the schema holds it. Each level of subtasks takes at least two. */
  key: 80,
} as const;

/** Milliseconds without a heartbeat after which a claim counts as stale. */
export const staleAfter = {
  /** A Claude Code session on another host: its heartbeat comes at least once a minute of work. */
  session: 30 * 60_000,
  /** A person at a terminal sends no heartbeat, only commands. */
  terminal: 24 * 3_600_000,
} as const;

/**
 * Milliseconds without a heartbeat that still count as work; the time beyond that was idle.
 * Trackers of working time use 15 minutes. A person at a terminal shows life only by commands.
 */
export const idleAfter = {
  session: 15 * 60_000,
  terminal: 60 * 60_000,
  /** A clock that somebody started: one that runs for longer was forgotten. */
  clock: 10 * 60 * 60_000,
} as const;

/** A session's heartbeat is written at most once in this many milliseconds. */
export const heartbeatEvery = 60_000;

/** Counts the code points in `text`. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
