import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { DocketError } from '../../model/errors.ts';
import { busyTimeout } from '../../model/waiting.ts';
import { StoreError } from '../../store/errors.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { readSchemaState } from '../../store/migrations/schema-state.ts';
import { checkFile, sqliteSignature } from '../../store/sqlite/check-file.ts';
import { vacuumInto } from '../../store/sqlite/copy-file.ts';
import { loadSqlite } from '../../store/sqlite/driver.ts';
import { translateSqliteError } from '../../store/sqlite/errors.ts';
import { connect } from '../database/connect.ts';
import { openUnmigrated } from '../database/open.ts';
import { toDocketError } from '../database/translate-errors.ts';
import { listIds, listInDatabase } from '../moving/list-in-database.ts';
import type { MovedSource } from '../moving/moved-list.ts';
import { type ListSummary, summariseLists } from './list-summary.ts';
import { tooNew, unfit } from './read-dump.ts';

/** Whether a file begins as a SQLite database does. */
export function isDatabaseFile(head: string): boolean {
  return head.startsWith(sqliteSignature);
}

/**
 * Copies the last committed state of a SQLite file that others write to, checks the copy and waits
 * until it is on the disk. `draft` must not be there, and is gone again when this fails.
 *
 * @throws DocketError `unreachable`
 */
export async function copyDatabase(path: string, draft: string): Promise<readonly ListSummary[]> {
  await loadSqlite();
  // Made before, so that nobody else can open it: SQLite keeps the mode of a file without content.
  const made = openSync(draft, 'wx', 0o600);
  try {
    copyInto(path, draft);
    checkFile(draft);
    fsyncSync(made);
    return await withDatabase(draft, (store) => summariseLists(store.db));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error instanceof StoreError ? toDocketError(error) : error;
  } finally {
    closeSync(made);
  }
}

function copyInto(path: string, draft: string): void {
  try {
    vacuumInto(path, draft, busyTimeout);
  } catch (cause) {
    const { code, message } = translateSqliteError(cause);
    throw new StoreError(code, `cannot copy ${path}: ${message}`, { cause });
  }
}

/** Checks a backup of a SQLite file. @throws StoreError, DocketError when it is not whole */
export function checkDatabase(path: string): void {
  checkFile(path);
}

export interface OpenBackup {
  /** The schema that it was written with. */
  readonly schema: number;
  readonly lists: readonly MovedSource[];
  close(): Promise<void>;
}

/**
 * Opens the backup of a SQLite file to read its lists. One with an older schema is copied to `draft`
 * and migrated there.
 *
 * @throws DocketError `invalid_input`: damaged, or none of docket's; `schema_too_new`
 */
export async function openDatabase(path: string, draft: string): Promise<OpenBackup> {
  await loadSqlite();
  const tidy = tidier(path);
  try {
    checkFile(path);
    const { version, oldestReader } = await withDatabase(path, ({ db }) => readSchemaState(db));
    if (version === 0) throw unfit(path, 'is a database, and none of docket');
    if (Math.max(oldestReader, version) > knownVersion) throw tooNew(path, `schema ${version}`);
    const isOld = version < knownVersion;
    if (isOld) await migrateCopy(path, draft);
    const store = await connect({ kind: 'sqlite', path: isOld ? draft : path }, { mode: 'read' });
    const ids = await listIds(store.db);
    return {
      schema: version,
      lists: ids.map((id) => listInDatabase(store, id, path)),
      close: async () => {
        await store.close();
        tidy();
      },
    };
  } catch (error) {
    tidy();
    if (error instanceof DocketError || !(error instanceof StoreError)) throw error;
    if (error.code === 'no_schema') throw unfit(path, 'is a database, and none of docket', error);
    throw unfit(path, `cannot be restored: ${error.message}`, error);
  }
}

async function migrateCopy(path: string, draft: string): Promise<void> {
  copyInto(path, draft);
  const store = await openUnmigrated({ kind: 'sqlite', path: draft });
  try {
    await store.migrate();
  } finally {
    await store.close();
  }
}

async function withDatabase<T>(
  path: string,
  work: (store: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const store = await connect({ kind: 'sqlite', path }, { mode: 'read' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Makes what takes away the empty files that SQLite makes beside one that it only reads. */
function tidier(path: string): () => void {
  const made = ['-wal', '-shm'].map((end) => path + end).filter((file) => !existsSync(file));
  return () => {
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
    for (const file of made) rmSync(file, { force: true });
  };
}
