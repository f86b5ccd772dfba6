import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNotRead } from '../filesystem/read-error.ts';
import { readBeginning, UnfitFile } from '../filesystem/read-file.ts';
import { readLines } from '../filesystem/read-lines.ts';
import { type Connection, isLocalFile } from '../model/connection.ts';
import type { DatabaseUser } from '../model/database-user.ts';
import { DocketError } from '../model/errors.ts';
import { backupSilenceLimit } from '../model/waiting.ts';
import { isDatabaseFile, type OpenBackup, openDatabase } from '../tracker/backup/database-file.ts';
import type { ListSummary } from '../tracker/backup/list-summary.ts';
import { openDump, unfit } from '../tracker/backup/read-dump.ts';
import { restoreLists } from '../tracker/backup/restore-lists.ts';
import { ensureDatabase } from '../tracker/database/ensure-database.ts';
import { makeTables } from '../tracker/database/migrate.ts';
import { openStore } from '../tracker/database/open.ts';
import { longestLine } from '../tracker/moving/file-format.ts';
import type { OnMoving } from '../tracker/moving/moved-list.ts';

/** What was restored, and whereto. */
export interface Restored {
  readonly lists: readonly ListSummary[];
  /** Whether the database was made. */
  readonly madeDatabase: boolean;
  /** The users of the server that it was a backup of, as far as it names them. */
  readonly users: readonly DatabaseUser[];
}

/**
 * Brings the lists of a backup into a database that has none: of SQLite's file or of a dump, and to
 * any engine. The backup is checked as a whole before, and all of it arrives in one transaction: one
 * that is stopped leaves an empty database, and is begun again.
 *
 * @throws DocketError `invalid_input`: no whole backup; `schema_too_new`; `conflict`: the database
 * is not empty; `unreachable`, `migration_due`
 */
export async function restoreFile(
  file: string,
  {
    connection,
    url,
    onProgress,
  }: {
    readonly connection: Connection;
    readonly url: string;
    readonly onProgress?: OnMoving | undefined;
  },
): Promise<Restored> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-restore-'));
  try {
    const backup = await openBackup(file, join(folder, 'draft.db'), onProgress);
    try {
      const madeDatabase = isLocalFile(connection) ? false : await ensureDatabase(connection);
      if (!isLocalFile(connection)) await makeTables(connection);
      // What Dolt is given in one transaction it takes in at the end, and says nothing meanwhile.
      const store = await openStore(connection, { silenceLimit: backupSilenceLimit });
      try {
        const lists = await restoreLists(backup.lists, store, { name: url, onProgress });
        return { lists, madeDatabase, users: backup.users };
      } finally {
        await store.close();
      }
    } finally {
      await backup.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a backup by what it begins with, as files are renamed. */
async function openBackup(
  file: string,
  draft: string,
  onProgress: OnMoving | undefined,
): Promise<Pick<OpenBackup, 'lists' | 'close'> & Pick<Restored, 'users'>> {
  try {
    const head = readBeginning(file, 16);
    if (isDatabaseFile(head)) return { ...(await openDatabase(file, draft)), users: [] };
    if (head === '') throw unfit(file, 'is empty');
    if (!head.startsWith('{"docket":')) throw unfit(file, 'is no backup that docket wrote');
    const dump = { name: file, lines: (from: number) => readLines(file, longestLine, from) };
    return { ...openDump(dump, onProgress), close: async () => {} };
  } catch (error) {
    if (error instanceof DocketError) throw error;
    const { message, code } = error as NodeJS.ErrnoException;
    if (error instanceof UnfitFile) throw unfit(file, message, error);
    if (code === undefined || !message.includes(code)) throw error;
    const why = `cannot read ${file}: ${whyNotRead(error)}`;
    throw new DocketError('invalid_input', why, { cause: error });
  }
}
