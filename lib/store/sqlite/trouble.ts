/**
 * What is done when a file cannot be used as usual. A bundle of its own, as most processes never
 * need it.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { shellWord } from '../../model/shell-word.ts';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { refuseWrites } from '../sql/refuse-writes.ts';
import { diskIsFull, type Explanation, whyNoSpace } from './disk-space.ts';
import { resultCode } from './errors.ts';
import { whyOutOfReach } from './out-of-reach.ts';

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
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notDatabase = 26;

/**
 * Says what the file system says of a failure. SQLite has one word for a full disk, a read-only file,
 * a folder and a file system; any other error stays as it is. One that `isExplained` leaves nothing
 * to look for, such as a sandbox.
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
  const { message, hint, maySandbox = false } = found;
  const isExplained = !maySandbox;
  return Object.assign(new StoreError(error.code, message, { cause: error, hint }), {
    isExplained,
  });
}

function find(code: number, path: string, mayTry: boolean): Explanation | undefined {
  if (code === full) return diskIsFull(path);
  if (code === notDatabase || code === corrupt) return noDatabase(code, path);
  if (code !== readOnly && code !== failed && code !== cannotOpen) return undefined;
  return (
    whyOutOfReach(path) ??
    whyDenied(path) ??
    whyNoSpace(path, mayTry) ??
    (code === readOnly ? wasReadOnly(path) : undefined)
  );
}

function noDatabase(code: number, path: string): Explanation {
  const message = code === corrupt ? `${path} is damaged (malformed)` : `${path} is not a database`;
  const aside = `mv ${shellWord(path)} ${shellWord(`${path}.old`)}`;
  return {
    message,
    hint: `Put a copy of the database there, or begin anew: ${aside}, docket init`,
  };
}

/** SQLite gives files of its own that were read-only their mode back, but not in time. */
function wasReadOnly(path: string): Explanation {
  return {
    message: `${path}, or a file of SQLite beside it, could not be written to`,
    hint: 'Run the command again; if that does not help, docket doctor says more',
    maySandbox: true,
  };
}

/** Says what may not be written to: SQLite needs the file, its folder, and its own files there. */
function whyDenied(path: string): Explanation | undefined {
  const folder = dirname(path);
  const unread = denialOf(path, constants.R_OK);
  if (unread !== undefined) return { ...denied(path, 'read'), maySandbox: unread === 'EPERM' };
  for (const each of [path, `${path}-wal`, `${path}-shm`, folder]) {
    const code = denialOf(each);
    if (code === 'EROFS') {
      return { message: `${each} lies on a read-only file system`, maySandbox: true };
    }
    if (code === undefined) continue;
    const why = each === folder ? ', and SQLite needs files of its own in it' : '';
    return { ...denied(each, 'written to', why), maySandbox: code === 'EPERM' };
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
