import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readLines } from '../filesystem/read-lines.ts';
import { whyNotWritten } from '../filesystem/write-error.ts';
import { type Connection, isLocalFile } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { chooseKept, type Keep } from '../model/keep.ts';
import { isProcess } from '../state/process-probe.ts';
import { checkDatabase } from '../tracker/backup/database-file.ts';
import { checkDump } from '../tracker/backup/read-dump.ts';
import { longestLine } from '../tracker/moving/file-format.ts';

/** How a backup is written: SQLite's own file, or lines that every engine takes. */
export type BackupKind = 'db' | 'jsonl';

/** What a folder of backups has after one was made. */
export interface Retention {
  readonly kept: number;
  /** The names of the backups that were removed. */
  readonly removed: readonly string[];
  /** The names of those that are not whole, and stay as they are. */
  readonly broken: readonly string[];
}

/** A backup in a folder, as its name tells it. */
interface NamedBackup {
  readonly name: string;
  readonly at: Date;
}

const pattern = /^docket-backup-(.+)-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.(db|jsonl)$/;

/**
 * Names a backup by the database and the time in UTC. Two databases of one name are told apart by a
 * few digits of where they are, so that the backups of one never count as those of the other.
 */
export function nameBackup(source: BackupSource, at: Date): string {
  const stamp = at.toISOString().replace(/[-:.]/g, '');
  return `docket-backup-${labelOf(source)}-${stamp}.${source.kind}`;
}

export interface BackupSource {
  readonly connection: Connection;
  /** The URL of the database, without a secret. */
  readonly url: string;
  readonly kind: BackupKind;
}

function labelOf({ connection, url }: BackupSource): string {
  const name = isLocalFile(connection)
    ? basename(connection.path).replace(/\.[^.]*$/, '')
    : connection.database;
  const plain = name.replace(/[^\w.-]/g, '_').slice(0, 60);
  return `${plain}-${createHash('sha256').update(url).digest('hex').slice(0, 6)}`;
}

/**
 * Makes the folder of backups where only itself is missing: a disk that is not mounted has none
 * above it either.
 *
 * @throws DocketError `invalid_input`
 */
export function requireFolder(folder: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined)
      mkdirSync(folder, { mode: 0o700 });
    if (statSync(folder).isDirectory()) return;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? `there is no folder ${dirname(folder)}` : whyNotWritten(error);
    throw new DocketError('invalid_input', `cannot make the folder ${folder}: ${why}`, {
      hint: isMissing ? 'Make that one first, or mount the disk that it is on' : undefined,
      cause: error,
    });
  }
  throw new DocketError('invalid_input', `${folder} is a file, and backups go into a folder`, {
    hint: 'docket backup FOLDER; docket export FILE writes one list',
  });
}

/**
 * Removes the backups of a database that `keep` does not keep: files that docket has named, of this
 * database and kind, that are whole. One that is not whole counts for nothing and stays, and so do
 * the newest and the one that was made just now.
 */
export function removeOld(
  folder: string,
  {
    source,
    keep,
    made,
  }: { readonly source: BackupSource; readonly keep: Keep; readonly made: string },
): Retention {
  const found = findBackups(folder, source);
  const whole = found.filter(
    ({ name }) => name === made || isWhole(join(folder, name), source.kind),
  );
  const kept = chooseKept(whole, keep);
  const removed = whole.filter((backup) => backup.name !== made && !kept.has(backup));
  for (const { name } of removed) rmSync(join(folder, name));
  const broken = found.filter((backup) => !whole.includes(backup));
  return {
    kept: whole.length - removed.length,
    removed: removed.map(({ name }) => name),
    broken: broken.map(({ name }) => name),
  };
}

/** Milliseconds after which nobody writes to what a process of this machine began that is gone. */
const staleAfter = 10 * 60_000;

/** The same of any process: the folder may be another machine's too. */
const oldAfter = 24 * 60 * 60_000;

/**
 * Removes what backups of a database began and did not end, as they were killed.
 *
 * @returns the names
 */
export function removeDrafts(folder: string, source: BackupSource): readonly string[] {
  const label = labelOf(source);
  return readdirSync(folder).filter((name) => {
    // SQLite keeps a journal beside the copy that it makes.
    const [, backup = '', id] = /^(.+)\.(\d{1,10})\.part(?:-journal)?$/.exec(name) ?? [];
    if (pattern.exec(backup)?.[1] !== label) return false;
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    const age = Date.now() - (found?.mtimeMs ?? Date.now());
    const isLeft = age > oldAfter || (age > staleAfter && !isProcess(Number(id)));
    if (!found?.isFile() || !isLeft) return false;
    rmSync(path, { force: true });
    return true;
  });
}

function findBackups(folder: string, source: BackupSource): readonly NamedBackup[] {
  const label = labelOf(source);
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const [, its, year, month, day, hour, minute, second, rest, kind] = pattern.exec(name) ?? [];
      if (its !== label || kind !== source.kind) return [];
      const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${rest}Z`);
      const isBackup = !Number.isNaN(at.getTime()) && lstatSync(join(folder, name)).isFile();
      return isBackup ? [{ name, at }] : [];
    });
}

function isWhole(path: string, kind: BackupKind): boolean {
  try {
    if (kind === 'db') checkDatabase(path);
    else checkDump({ name: path, lines: (from) => readLines(path, longestLine, from) });
    return true;
  } catch {
    return false;
  }
}
