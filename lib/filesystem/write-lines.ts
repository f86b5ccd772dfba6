import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that is written part by part. */
export interface FileInParts {
  /** Where it is until it is whole. */
  readonly draft: string;
  write(text: string): void;
  /** Puts it in its place: a reader finds the whole file or none. */
  finish(): void;
  /** Takes away what was written. */
  discard(): void;
}

/** Begins a file that the person alone can read, beside its place. */
export function writeInParts(path: string): FileInParts {
  const draft = `${path}.${process.pid}.part`;
  const file = openSync(draft, 'wx', 0o600);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    draft,
    write(text) {
      let rest = Buffer.from(text);
      while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
    },
    finish() {
      fsyncSync(file);
      close();
      renameSync(draft, path);
      syncFolder(path);
    },
    discard() {
      close();
      if (existsSync(draft)) rmSync(draft);
    },
  };
}

/** Waits until the name of a file is on the disk as well. */
export function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } catch {
    // Some network file systems have no such thing for folders.
  } finally {
    closeSync(folder);
  }
}
