import type { Dialect, Statement, StatementResult } from '../contract.ts';

/** Expressions of the SQL that all servers behind this protocol understand. */
export const mysqlDialect: Dialect = {
  // The cast, because Dolt's UTC_TIMESTAMP(3) has six digits.
  now: 'CAST(UTC_TIMESTAMP(3) AS DATETIME(3))',
  ago: (seconds) => `CAST(UTC_TIMESTAMP(3) - INTERVAL ${seconds} SECOND AS DATETIME(3))`,
  millisecondsBetween: (from, to) => `(TIMESTAMPDIFF(MICROSECOND, ${from}, ${to}) DIV 1000)`,
  along: (index) => `FORCE INDEX (${index})`,
  upsert: (_, assignments) => `ON DUPLICATE KEY UPDATE ${assignments}`,
  inserted: (column) => `VALUES(${column})`,
};

/** What these servers differ in, as far as writing goes. */
export interface ServerTraits {
  /** Each COMMIT can be recorded in a history, with a message (Dolt). */
  readonly hasHistory: boolean;
  /**
   * A second writer waits for the first one's rows. Where it does not (Dolt), it is refused only at
   * COMMIT, so writers queue for a named lock instead of running into each other.
   */
  readonly locksRows: boolean;
  /** Nothing of a text is run after a statement of it that failed. Dolt runs the rest. */
  readonly stopsAtErrors: boolean;
  /** `_` in the database of a GRANT stands for any character, unless `\\` is before it. */
  readonly takesPatterns: boolean;
  /** Which CHECK is of which table is said in a catalogue of its own, and not in SQL's (TiDB). */
  readonly hasOwnCatalogue: boolean;
}

/** Asks the server what it is, as its version number does not tell: Dolt says 8.0.33. */
export const askForTraits: Statement = { sql: 'SELECT @@version_comment AS product' };

/** Reads the answer to `askForTraits`. */
export function readTraits(answer: StatementResult | undefined): ServerTraits {
  const product = String(answer?.rows[0]?.product);
  const isDolt = product === 'Dolt';
  return {
    hasHistory: isDolt,
    locksRows: !isDolt,
    stopsAtErrors: !isDolt,
    takesPatterns: !isDolt,
    hasOwnCatalogue: product.startsWith('TiDB'),
  };
}
