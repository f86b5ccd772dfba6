import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFolder } from './atomic-write.ts';

/** Another process may take an empty folder away between its making and its first file. */
const tries = 5;

/**
 * Writes a new file for the person alone that is on the disk when this returns, also after a power
 * cut; its folder is made. A reader finds the whole file or none. A draft of a process that was
 * killed begins with a dot.
 *
 * @throws Node's error
 */
export function writeDurably(folder: string, name: string, text: string): void {
  for (let left = tries; ; left -= 1) {
    makeDurableFolder(folder);
    try {
      writeFile(folder, name, text);
      return;
    } catch (error) {
      if (left === 1 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function writeFile(folder: string, name: string, text: string): void {
  const draft = join(folder, `.${name}.${process.pid}`);
  const file = openSync(draft, 'wx', 0o600);
  try {
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, join(folder, name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** The folders of docket's own data that may be new with the first file in them. */
const levels = 3;

function makeDurableFolder(folder: string): void {
  makePrivateFolder(folder);
  for (let at = folder, level = 0; level < levels; level += 1) {
    at = dirname(at);
    syncFolder(at);
  }
}

/** Has the names in a folder written to the disk. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
