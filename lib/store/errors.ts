/**
 * What a driver says went wrong, in words that hold for every engine:
 * - `unreachable`: refused, silent, gone, wrong password, missing database, locked or corrupt file;
 * - `too_many_connections`: the server is alive and full, so it is worth a retry;
 * - `conflict`: deadlock, serialization failure or busy: the transaction may be run again;
 * - `duplicate`: a unique key was taken by another;
 * - `invariant`: a CHECK or FOREIGN KEY of the schema refused the write;
 * - `denied`: this database user may not do that;
 * - `no_schema`: a table, a column or an index is missing;
 * - `contention`: still in conflict after the bounded retries;
 * - `failed`: anything else, which is a defect.
 */
export type StoreErrorCode =
  | 'unreachable'
  | 'too_many_connections'
  | 'conflict'
  | 'duplicate'
  | 'invariant'
  | 'denied'
  | 'no_schema'
  | 'contention'
  | 'failed';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /**
   * The connection stood, and ended before anything could be committed: the same work may be done
   * again over another one.
   */
  readonly isConnectionLost: boolean;
  /** The next thing to do, where the driver knows it. */
  readonly hint: string | undefined;

  constructor(
    code: StoreErrorCode,
    message: string,
    {
      cause,
      isConnectionLost = false,
      hint,
    }: { cause?: unknown; isConnectionLost?: boolean; hint?: string | undefined } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.code = code;
    this.isConnectionLost = isConnectionLost;
    this.hint = hint;
  }

  /** By name: the MySQL driver is a bundle of its own, with its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      value !== null && typeof value === 'object' && 'name' in value && value.name === 'StoreError'
    );
  }
}
