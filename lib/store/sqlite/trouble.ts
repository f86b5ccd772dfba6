/**
 * What is done when a file cannot be used as usual. A bundle of its own, as most processes never
 * need it.
 */
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { shellWord } from '../../model/shell-word.ts';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { refuseWrites } from '../sql/refuse-writes.ts';
import { resultCode } from './errors.ts';

/** A file that SQLite has read from. */
export interface OpenFile {
  readonly connection: DatabaseSync;
  /** Why nothing can be written to it. */
  readonly refusal?: StoreError;
  /** Tells whether the file was changed, where SQLite relies on that nobody does it. */
  readonly hasChanged?: () => boolean;
}

/**
 * Opens a file for reading without a file of SQLite's own beside it.
 *
 * @throws StoreError `refusal`, the reason for which it is opened so, when that does not work either.
 */
export function readAsItIs(
  Database: typeof DatabaseSync,
  path: string,
  refusal: StoreError,
): OpenFile {
  let connection: DatabaseSync | undefined;
  try {
    // What is not in the file yet but in the log beside it can only be read with SQLite's own files.
    const isWhole = logSize(path) === 0;
    const stamp = stampOf(path);
    connection = new Database(isWhole ? immutableUrl(path) : path, { readOnly: true });
    connection.exec('PRAGMA schema_version');
    const hasChanged = () => stampOf(path) !== stamp;
    return { connection, refusal, ...(isWhole ? { hasChanged } : {}) };
  } catch {
    // Node.js before 22.15 takes no URL.
    connection?.close();
    throw refusal;
  }
}

function immutableUrl(path: string): URL {
  const url = pathToFileURL(path);
  url.search = '?immutable=1';
  return url;
}

function stampOf(path: string): string {
  const { ino, size, mtimeMs } = statSync(path);
  return `${ino} ${size} ${mtimeMs} ${logSize(path)}`;
}

function logSize(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Makes of a file that was opened so a store that writes nothing and says why, and gives no answer
 * when somebody changed the file meanwhile: parts of the answer could be old.
 */
export function limitStore(
  store: Store,
  {
    path,
    isReader,
    refusal,
    hasChanged = () => false,
  }: Omit<OpenFile, 'connection'> & { readonly path: string; readonly isReader: boolean },
): Store {
  const { db } = store;
  const unchanged = async <T>(work: () => Promise<T>): Promise<T> => {
    const result = await work();
    if (!hasChanged()) return result;
    throw new StoreError('unreachable', `${path} was changed while it was read`, {
      hint: 'Run the command again',
    });
  };
  const checked: Store = {
    ...store,
    db: {
      ...db,
      batch: (statements) => unchanged(() => db.batch(statements)),
      query: (sql, params) => unchanged(() => db.query(sql, params)),
    },
    read: (work) => unchanged(() => store.read(work)),
  };
  if (refusal === undefined || isReader) return checked;
  const reason = explainFailure(refusal, path, { mayTry: true });
  return refuseWrites(checked, () => reason);
}

/** SQLite's primary result codes. */
const readOnly = 8;
const failed = 10;
const full = 13;
const cannotOpen = 14;

/**
 * Says what the file system says of a failure. SQLite has one word for a full disk, a read-only file,
 * a folder and a file system; any other error stays as it is.
 *
 * @param mayTry whether a little may be written beside the file, to see whether that works
 */
export function explainFailure(
  error: StoreError,
  path: string,
  { mayTry }: { readonly mayTry: boolean },
): StoreError {
  const found = find(resultCode(error) & 0xff, path, mayTry);
  if (found === undefined) return error;
  const { message, hint } = found;
  return new StoreError(error.code, message, { cause: error, hint });
}

interface Explanation {
  readonly message: string;
  readonly hint?: string;
}

function find(code: number, path: string, mayTry: boolean): Explanation | undefined {
  if (code === full) return diskIsFull(path);
  if (code !== readOnly && code !== failed && code !== cannotOpen) return undefined;
  return (
    whyDenied(path) ??
    whyNoSpace(path, mayTry) ??
    (code === readOnly ? wasReadOnly(path) : undefined)
  );
}

/** SQLite gives files of its own that were read-only their mode back, but not in time. */
function wasReadOnly(path: string): Explanation {
  return {
    message: `${path}, or a file of SQLite beside it, could not be written to`,
    hint: 'Run the command again; if that does not help, docket doctor says more',
  };
}

/** Says what may not be written to: SQLite needs the file, its folder, and its own files there. */
function whyDenied(path: string): Explanation | undefined {
  const folder = dirname(path);
  if (denialOf(path, constants.R_OK) !== undefined) return denied(path, 'read');
  for (const each of [path, `${path}-wal`, `${path}-shm`, folder]) {
    const code = denialOf(each);
    if (code === 'EROFS') return { message: `${each} lies on a read-only file system` };
    if (code === undefined) continue;
    return denied(
      each,
      'written to',
      each === folder ? ', and SQLite needs files of its own in it' : '',
    );
  }
  return undefined;
}

function denied(path: string, what: 'read' | 'written to', why = ''): Explanation {
  const { uid, mode } = statSync(path);
  const digits = (mode & 0o7777).toString(8).padStart(4, '0');
  return {
    message: `${path} may not be ${what} (mode ${digits})${why}`,
    hint:
      uid === process.getuid?.()
        ? `To allow it: chmod u+rw ${shellWord(path)}`
        : `Its owner, user id ${uid}, can allow it`,
  };
}

function denialOf(path: string, right: number = constants.W_OK): string | undefined {
  try {
    accessSync(path, right);
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return ['EACCES', 'EPERM', 'EROFS'].includes(code) ? code : undefined;
  }
}

/** The bytes that SQLite needs beside a file before it reads from it. */
const needed = 64 * 1024;

function whyNoSpace(path: string, mayTry: boolean): Explanation | undefined {
  const folder = dirname(path);
  const code = hasNoSpace(folder) ? 'ENOSPC' : mayTry ? tryToWrite(folder) : undefined;
  if (code === 'ENOSPC') return diskIsFull(path);
  if (code !== 'EDQUOT') return undefined;
  return {
    message: `your disk quota is used up, so nothing can be written to ${path}`,
    hint: 'Free some space of yours; reading still works',
  };
}

function diskIsFull(path: string): Explanation {
  return {
    message: `the disk is full, so nothing can be written to ${path}`,
    hint: `Free some space: df -h ${shellWord(dirname(path))}. Reading still works`,
  };
}

function hasNoSpace(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < needed;
  } catch {
    return false;
  }
}

/** Writes to a new file in a folder, which goes again; gives the code of the error, if one comes. */
function tryToWrite(folder: string): string | undefined {
  const path = `${folder}/.docket-trial-${process.pid}`;
  let file: number | undefined;
  try {
    file = openSync(path, 'wx', 0o600);
    writeSync(file, Buffer.alloc(needed));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    if (file !== undefined) {
      closeSync(file);
      rmSync(path, { force: true });
    }
  }
}
