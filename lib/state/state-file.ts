import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
    const text = JSON.stringify(value);
    try {
      writeFileSync(draft, text, { mode: 0o600 });
    } catch {
      makePrivateFolder(dirname(path));
      writeFileSync(draft, text, { mode: 0o600 });
    }
    renameSync(draft, path);
    return true;
  } catch {
    return false;
  }
}

/** Makes a file that says something by being there, for the person alone. */
export function createEmpty(path: string): boolean {
  try {
    try {
      writeFileSync(path, '', { mode: 0o600 });
    } catch {
      makePrivateFolder(dirname(path));
      writeFileSync(path, '', { mode: 0o600 });
    }
    return true;
  } catch {
    return false;
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
