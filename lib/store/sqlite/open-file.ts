import { accessSync, constants, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { resultCode } from './errors.ts';
import { translated } from './transaction.ts';
import type { OpenFile } from './trouble.ts';

/** READONLY, IOERR, FULL and CANTOPEN: SQLite may lack no more than its own files beside this one. */
const mayBeReadable = new Set([8, 10, 13, 14]);

/**
 * Opens a file and reads from it. SQLite makes files of its own beside it, also for a reader. Where
 * it cannot (a full disk, a read-only folder or file system), or nobody could write to them later (a
 * read-only file), the file is read as it is.
 *
 * @throws StoreError
 */
export async function openFile(
  Database: typeof DatabaseSync,
  path: string,
  {
    isReader,
    prepare,
  }: { readonly isReader: boolean; prepare(connection: DatabaseSync): Promise<void> },
): Promise<OpenFile> {
  const denial = whyReadOnly(path);
  if (denial !== undefined) return readAsItIs(denial);
  const connection = translated(() => new Database(path, { readOnly: isReader }));
  try {
    await prepare(connection);
    readHeader(connection);
    return { connection };
  } catch (error) {
    connection.close();
    const isWorthIt = error instanceof StoreError && mayBeReadable.has(resultCode(error) & 0xff);
    if (!isWorthIt || !hasContent(path)) throw error;
    return readAsItIs(error);
  }

  async function readAsItIs(refusal: StoreError): Promise<OpenFile> {
    const trouble = await import('./trouble.ts');
    return trouble.readAsItIs(Database, path, refusal);
  }
}

/** Opening alone reads nothing, so that a statement would be what fails. A lock is waited for there. */
function readHeader(connection: DatabaseSync): void {
  try {
    translated(() => connection.exec('PRAGMA schema_version'));
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'conflict') throw error;
  }
}

function whyReadOnly(path: string): StoreError | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS'].includes(code) || !hasContent(path)) return undefined;
    const cause = Object.assign(new Error(code), { errcode: 8 });
    return new StoreError('unreachable', 'attempt to write a readonly database', { cause });
  }
}

function hasContent(path: string): boolean {
  try {
    const found = statSync(path);
    return found.isFile() && found.size > 0;
  } catch {
    return false;
  }
}
