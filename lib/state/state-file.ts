import { rmSync } from 'node:fs';
import { createPrivately, writePrivately } from '../filesystem/atomic-write.ts';
import { readText } from '../filesystem/read-file.ts';

/** The largest is the last list that was shown, some 100 tasks of which have a title. */
const mostBytes = 4 * 1024 * 1024;

/** Reads a small JSON file of docket's own; whatever is wrong with it, it counts as missing. */
export function readState<T>(path: string): T | undefined {
  try {
    const text = readText(path, mostBytes);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Writes such a file; false when it could not: state can be lost, so that is no error. */
export function writeState(path: string, value: unknown): boolean {
  try {
    writePrivately(path, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Makes a file that says something by being there; false when it could not. */
export function createEmpty(path: string): boolean {
  try {
    createPrivately(path);
    return true;
  } catch {
    return false;
  }
}

/** Removes a file; one that cannot be removed stays, and says again what it said. */
export function removeState(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is not to be written to.
  }
}

/** A file name made from any text: readable, without separators, and never too long. */
export function fileNameOf(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 80);
  return `${plain}-${nameHash(text)}`;
}

/**
 * A hash of 64 bits that tells names apart, as 16 hexadecimal digits: FNV-1a, and another
 * multiplicative hash over codes and positions. Names only, nothing secret: node:crypto costs 3 ms.
 */
export function nameHash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = Math.imul(b ^ (code + index), 0x85ebca6b) >>> 0;
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
