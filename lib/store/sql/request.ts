import type { Db, Row, SqlValue, Statement, StatementResult } from '../contract.ts';

/**
 * A question to the database: the statements that ask it, and the way to read their results.
 * Requests that do not depend on each other's answers are sent together, in one flight.
 */
export interface Request<T> {
  readonly statements: readonly Statement[];
  /** Reads the results of `statements`, one for each and in their order. */
  read(results: readonly StatementResult[]): T;
}

type Answers<R extends readonly Request<unknown>[]> = {
  readonly [Index in keyof R]: R[Index] extends Request<infer T> ? T : never;
};

/** The request that asks nothing. */
export const nothing: Request<undefined> = { statements: [], read: () => undefined };

/** Makes a request of one query. */
export function query<T>(
  sql: string,
  params: readonly SqlValue[],
  read: (rows: readonly Row[]) => T,
): Request<T> {
  return { statements: [{ sql, params }], read: ([result]) => read(result?.rows ?? []) };
}

/** Joins several requests into one, whose answers come in their order. */
export function together<const R extends readonly Request<unknown>[]>(
  ...requests: R
): Request<Answers<R>> {
  return {
    statements: requests.flatMap(({ statements }) => statements),
    read(results) {
      let start = 0;
      return requests.map(({ statements, read }) => {
        const own = results.slice(start, start + statements.length);
        start += statements.length;
        return read(own);
      }) as unknown as Answers<R>;
    },
  };
}

/**
 * Sends a request in one flight.
 *
 * @throws StoreError
 */
export async function ask<T>(db: Db, { statements, read }: Request<T>): Promise<T> {
  return read(statements.length === 0 ? [] : await db.batch(statements));
}

/** Makes a request that asks nothing and answers a known value. */
export function known<T>(value: T): Request<T> {
  return { statements: [], read: () => value };
}

/** Reads the answer of a request in another way. */
export function mapped<T, U>({ statements, read }: Request<T>, map: (answer: T) => U): Request<U> {
  return { statements, read: (results) => map(read(results)) };
}
