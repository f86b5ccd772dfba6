/**
 * What a driver says went wrong, in words that hold for every engine:
 * - `unreachable`: refused, silent, gone, wrong password, missing database, locked or corrupt file;
 * - `too_many_connections`: the server is alive and full, so it is worth a retry;
 * - `conflict`: deadlock, serialization failure or busy: run the transaction again;
 * - `duplicate`: a unique key was taken by another;
 * - `invariant`: a CHECK or FOREIGN KEY of the schema refused the write;
 * - `denied`: this database user may not do that;
 * - `no_schema`: a table or column is missing;
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

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StoreError';
    this.code = code;
  }

  /** By name: the MySQL driver is a bundle of its own, with its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      value !== null && typeof value === 'object' && 'name' in value && value.name === 'StoreError'
    );
  }
}
