import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isLink, realPath } from './path-facts.ts';

/**
 * Writes a file of docket's own for the person alone, so that a reader sees the old text or the new
 * one. Not waited for until it is on the disk, as hooks write so, and not through a link.
 */
export function writePrivately(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    createPrivately(draft, text);
    renameSync(draft, path);
  } catch (error) {
    // On a full disk an empty draft would be left.
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Opens to write anew, without waiting for a reader where a pipe stands. */
const anew = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NONBLOCK;

/**
 * Writes a file of docket's own for the person alone, not in one step; its folder is made. With the
 * flag `wx` there must be none yet: of two at once, one fails with EEXIST.
 */
export function createPrivately(path: string, text = '', flag: number | 'wx' = anew): void {
  try {
    writeWith(flag, path, text);
  } catch {
    // The folder is there most often: it is made only when that is not so.
    makePrivateFolder(dirname(path));
    writeWith(flag, path, text);
  }
}

function writeWith(flag: number | 'wx', path: string, text: string): void {
  const file = openSync(path, flag, 0o600);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder and what is missing above it, for the person alone. Not by `recursive`: under
 * /proc, where a variable can point, Node 20 to 24 then never come back.
 */
export function makePrivateFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makePrivateFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Writes a file of the person or of a project so that a reader sees the old text or the new one. An
 * existing file keeps its mode, owner and group; a link stays a link, and what it leads to is
 * written.
 */
export function writeAtomically(
  path: string,
  text: string | Uint8Array,
  options: {
    readonly executable?: boolean;
    readonly isPrivate?: boolean;
    /** There must be none yet: of two at once, one fails with EEXIST. */
    readonly isNew?: boolean;
  } = {},
): void {
  makeFolder(dirname(path));
  const target = linkTarget(path);
  makeFolder(dirname(target));
  const old = statSync(target, { throwIfNoEntry: false });
  const executable = options.executable ? 0o111 : 0;
  const fresh = options.isPrivate ? 0o600 : newMode(dirname(target), executable);
  const mode = old ? (old.mode & 0o7777) | executable : fresh;
  const draft = join(dirname(target), `.${basename(target)}.docket-${process.pid}`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    writeFileSync(file, text);
    fsyncSync(file);
    closeSync(file);
    if (old !== undefined && !keepOwner(draft, old)) {
      // Its group cannot be given to a new file: rather not atomic than another group.
      writeFileSync(target, text);
      if (executable) chmodSync(target, mode);
      return;
    }
    chmodSync(draft, mode);
    if (options.isNew) placeNew(draft, target);
    else renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

function placeNew(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    // A file system without hard links: not in one step then, but still only one of two.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    copyFileSync(draft, target, constants.COPYFILE_EXCL);
  }
}

/** Makes a folder as its parent is: a group that shares the parent (setgid) shares it as well. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  const { mode } = statSync(dirname(folder));
  if (isShared(mode)) chmodSync(folder, mode & 0o7777);
}

function linkTarget(path: string): string {
  const real = realPath(path);
  if (real !== undefined) return real;
  return isLink(path) ? resolve(dirname(path), readlinkSync(path)) : path;
}

function newMode(folder: string, executable: number): number {
  const { mode } = statSync(folder);
  if (!isShared(mode)) return (0o666 | executable) & ~process.umask();
  // What the folder grants to group and others, without more than a file needs.
  const read = 0o600 | (mode & 0o066);
  return read | (executable & (mode | 0o100));
}

function isShared(mode: number): boolean {
  return (mode & 0o2000) !== 0;
}

function keepOwner(draft: string, old: Stats): boolean {
  const made = statSync(draft);
  if (made.uid === old.uid && made.gid === old.gid) return true;
  try {
    chownSync(draft, old.uid, old.gid);
    return true;
  } catch {
    // Another user's file in a shared folder: its group is what matters.
  }
  try {
    chownSync(draft, made.uid, old.gid);
    return true;
  } catch {
    return false;
  }
}
