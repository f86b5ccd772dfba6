import { StoreError, type StoreErrorCode } from '../errors.ts';

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const codes: Readonly<Record<number, StoreErrorCode>> = {
  3: 'unreachable', // PERM
  5: 'conflict', // BUSY
  6: 'conflict', // LOCKED
  8: 'unreachable', // READONLY: also what Claude Code's sandbox gives to writers
  10: 'unreachable', // IOERR
  11: 'unreachable', // CORRUPT
  13: 'unreachable', // FULL
  14: 'unreachable', // CANTOPEN
  26: 'unreachable', // NOTADB
};

const uniqueViolations = new Set([1555, 2067]); // CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE

/** Turns what node:sqlite throws into a StoreError. */
export function translateSqliteError(error: unknown): StoreError {
  const { errcode, message } = error as { errcode?: number; message?: string };
  const text = message ?? String(error);
  return new StoreError(codeOf(errcode ?? 1, text), text, { cause: error });
}

/** SQLite's extended result code behind an error; 0 where it has none. */
export function resultCode(error: unknown): number {
  const { cause } = error as { cause?: { errcode?: number } };
  return cause?.errcode ?? 0;
}

function codeOf(errcode: number, message: string): StoreErrorCode {
  if (uniqueViolations.has(errcode)) return 'duplicate';
  const primary = errcode & 0xff;
  if (primary === 19) return 'invariant';
  if (primary === 1 && /^no such (table|column|index)/.test(message)) return 'no_schema';
  return codes[primary] ?? 'failed';
}
