import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from './make-private-folder.ts';

/** Reads a small JSON file of docket's own; whatever is wrong with it, it counts as missing. */
export function readState<T>(path: string): T | undefined {
  try {
    // To look first is cheaper than an error, and most often there is nothing.
    if (!existsSync(path)) return undefined;
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Writes it atomically, for the person alone. State can be lost, so a failure is not an error. */
export function writeState(path: string, value: unknown): boolean {
  const draft = `${path}.${process.pid}`;
  try {
    writePrivate(draft, JSON.stringify(value));
    renameSync(draft, path);
    return true;
  } catch {
    return false;
  }
}

/** Makes a file that says something by being there, for the person alone. */
export function createEmpty(path: string): boolean {
  try {
    writePrivate(path, '');
    return true;
  } catch {
    return false;
  }
}

/** Removes it; what cannot be removed stays, and says again what it said. */
export function removeState(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is not to be written to.
  }
}

/** The folder is there most often: it is made only when that is not so. */
function writePrivate(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch {
    makePrivateFolder(dirname(path));
    writeFileSync(path, text, { mode: 0o600 });
  }
}

/** A file name made from any text: readable, without separators, and never too long. */
export function fileNameOf(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80);
  return `${plain}-${hashOf(text)}`;
}

/** FNV-1a, 2 x 32 bits: tells names apart; nothing secret depends on it (node:crypto costs 3 ms). */
export function hashOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = Math.imul(b ^ (code + index), 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
