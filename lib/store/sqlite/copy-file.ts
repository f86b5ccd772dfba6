import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { StoreError } from '../errors.ts';
import { translateSqliteError } from './errors.ts';

/**
 * Copies a file to `PATH.schema-VERSION` beside it, with its last committed state, for who can read
 * the file itself. The copy is there whole or not at all.
 *
 * @returns the path of the copy; undefined for a database in memory.
 * @throws StoreError
 */
export function copyFile(path: string, version: number): string | undefined {
  if (!existsSync(path)) return undefined;
  const copy = freeName(`${path}.schema-${version}`);
  // Whoever writes a copy has the lock, so a draft that is there was left by one that was killed.
  const draft = `${path}.copying`;
  try {
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'wx', statSync(path).mode & 0o666));
    vacuumInto(path, draft);
    const file = openSync(draft, 'r');
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, copy);
    return copy;
  } catch (error) {
    removeIfPossible(draft);
    throw new StoreError(
      'unreachable',
      `${path} is not migrated, as it cannot be copied: ${why(error)}`,
      {
        cause: error,
        hint: `The copy needs ${Math.ceil(statSync(path).size / 1_048_576)} MiB beside it; nothing was changed`,
      },
    );
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The reason why it was not made says more.
  }
}

/**
 * Copies a database through a connection of its own, which sees what was committed before.
 *
 * @param patience milliseconds that it waits for a writer, where no memory is shared
 */
export function vacuumInto(path: string, draft: string, patience = 0): void {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const reader = new DatabaseSync(path, { readOnly: true });
  try {
    reader.exec(`PRAGMA busy_timeout = ${patience}`);
    reader.prepare('VACUUM INTO ?').run(draft);
  } finally {
    reader.close();
  }
}

function why(error: unknown): string {
  const { code, message } = translateSqliteError(error);
  return code === 'unreachable' && /full|disk I\/O/.test(message) ? 'the disk is full' : message;
}

/** An older copy of the same version may be of another time: it is kept. */
function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
