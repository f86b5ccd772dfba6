import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../filesystem/read-lines.ts';
import { whyNotWritten } from '../filesystem/write-error.ts';
import { syncFolder, writeInParts } from '../filesystem/write-lines.ts';
import { type FileConnection, isLocalFile } from '../model/connection.ts';
import { docketVersion } from '../model/docket-version.ts';
import { DocketError } from '../model/errors.ts';
import type { Keep } from '../model/keep.ts';
import { copyDatabase } from '../tracker/backup/database-file.ts';
import { databaseUsers } from '../tracker/backup/database-users.ts';
import type { ListSummary } from '../tracker/backup/list-summary.ts';
import { checkDump } from '../tracker/backup/read-dump.ts';
import { writeDump } from '../tracker/backup/write-dump.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import { openStore } from '../tracker/database/open.ts';
import { longestLine } from '../tracker/moving/file-format.ts';
import type { OnMoving } from '../tracker/moving/moved-list.ts';
import {
  type BackupSource,
  nameBackup,
  type Retention,
  removeDrafts,
  removeOld,
  requireFolder,
} from './backup-folder.ts';

/** A backup that was made. */
export interface Backup {
  /** Its path. */
  readonly file: string;
  readonly bytes: number;
  readonly lists: readonly ListSummary[];
  /** The names of what backups before had begun, which were killed: it was removed. */
  readonly drafts: readonly string[];
  /** What became of the older ones; undefined where nothing said which of them to keep. */
  readonly retention: Retention | undefined;
}

/** What a backup is made of, and how. */
export interface BackupRequest extends BackupSource {
  readonly folder: string;
  readonly keep: Keep | undefined;
  readonly onProgress?: OnMoving | undefined;
}

/**
 * Writes all lists of a database to a new file of a folder, while others work with them. The file is
 * checked before it gets its name, so that one with such a name is whole, for its person alone, and
 * on the disk. Older ones are removed after that, where `keep` says so.
 *
 * @throws DocketError `invalid_input`: the folder; `unreachable`: the database, or a full disk
 */
export async function backupDatabase(request: BackupRequest): Promise<Backup> {
  const { connection, folder, keep } = request;
  if (isMissingFile(connection)) {
    throw new DocketError('unreachable', `there is no database at ${connection.path}`, {
      hint: 'docket where shows which database is meant; --database names another one',
    });
  }
  requireFolder(folder);
  const drafts = removeDrafts(folder, request);
  const name = nameBackup(request, new Date());
  const file = join(folder, name);
  const lists = await writing(file, () =>
    request.kind === 'db' && isLocalFile(connection)
      ? copyTo(file, connection)
      : dumpTo(file, request),
  );
  const { size } = statSync(file);
  const retention =
    keep === undefined ? undefined : removeOld(folder, { source: request, keep, made: name });
  return { file, bytes: size, lists, drafts, retention };
}

async function copyTo(file: string, { path }: FileConnection): Promise<readonly ListSummary[]> {
  const draft = `${file}.${process.pid}.part`;
  const lists = await copyDatabase(path, draft);
  renameSync(draft, file);
  syncFolder(file);
  return lists;
}

async function dumpTo(
  file: string,
  { connection, url, onProgress }: BackupRequest,
): Promise<readonly ListSummary[]> {
  const store = await openStore(connection);
  try {
    const output = writeInParts(file);
    try {
      const lists = await writeDump(store, {
        name: url,
        users: await databaseUsers(store, connection),
        origin: { version: docketVersion, at: new Date().toISOString() },
        write: output.write,
        onProgress,
      });
      checkDump({ name: file, lines: (from) => readLines(output.draft, longestLine, from) });
      output.finish();
      return lists;
    } catch (error) {
      output.discard();
      throw error;
    }
  } finally {
    await store.close();
  }
}

/** Says of what the file system refused which file it was about, and why. */
async function writing<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DocketError) throw error;
    const { syscall, code = '' } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code);
    throw new DocketError(
      isFull ? 'unreachable' : 'invalid_input',
      `cannot write ${file}: ${whyNotWritten(error)}`,
      { hint: 'Nothing was left there, and no older backup was removed', cause: error },
    );
  }
}
