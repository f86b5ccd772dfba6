import type { MysqlConnection } from './wire/connection.ts';

/** What MySQL-protocol servers differ in, as far as writing goes. */
export interface ServerTraits {
  /** Each COMMIT can be recorded in a history, with a message (Dolt). */
  readonly hasHistory: boolean;
  /**
   * A second writer waits for the first one's rows. Where it does not (Dolt), it is refused only at
   * COMMIT, so writers queue for a named lock instead of running into each other.
   */
  readonly locksRows: boolean;
}

/** Asks the server, as its version number does not tell: Dolt says 8.0.33. */
export async function readServerTraits(connection: MysqlConnection): Promise<ServerTraits> {
  const [row] = await connection.query('SELECT @@version_comment AS product');
  const isDolt = row?.product === 'Dolt';
  return { hasHistory: isDolt, locksRows: !isDolt };
}
