import { dirname, join, resolve } from 'node:path';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { readText } from '../filesystem/read-file.ts';

/** A git checkout, read from its files: starting git would cost more than the rest of a hook. */
export interface Checkout {
  /** The folder of the working tree. */
  readonly root: string;
  /** The main working tree when this is a linked one, else the same as `root`. */
  readonly mainRoot: string;
}

/** Git writes one line with a path. */
const mostBytes = 64 * 1024;

/** Finds the checkout around a folder, given as a plain absolute path; undefined outside any. */
export function findCheckout(folder: string): Checkout | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const git = `${root}/.git`;
    const kind = kindOf(git);
    if (kind === 'folder') return { root, mainRoot: root };
    if (kind === 'file') return { root, mainRoot: mainRootOf(root, git) };
    if (root === dirname(root)) return undefined;
  }
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  const found = statOrUndefined(path);
  if (found === undefined || found === 'unreadable') return undefined;
  if (found.isDirectory()) return 'folder';
  return found.isFile() && found.size <= mostBytes ? 'file' : undefined;
}

/** Follows `.git` of a linked worktree to its private folder, and from there to the common one. */
function mainRootOf(root: string, git: string): string {
  try {
    const own = privateFolder(root, git);
    if (own === undefined) return root;
    const commonFolder = readText(join(own, 'commondir'), mostBytes);
    if (commonFolder === undefined) return root;
    const common = resolve(own, commonFolder.trim());
    return common.endsWith('/.git') ? dirname(common) : root;
  } catch {
    // A submodule's folder has no commondir: it is a checkout of its own.
    return root;
  }
}

/** Reads what is checked out in a working tree, as git writes it; throws what reading throws. */
export function readHead(root: string): string | undefined {
  const git = `${root}/.git`;
  const own = kindOf(git) === 'file' ? privateFolder(root, git) : git;
  return own === undefined ? undefined : readText(join(own, 'HEAD'), mostBytes);
}

/** Gives the folder that a `.git` file names, where git keeps what is this checkout's own. */
function privateFolder(root: string, git: string): string | undefined {
  const [, target] = /^gitdir: (.+)$/m.exec(readText(git, mostBytes) ?? '') ?? [];
  return target === undefined ? undefined : resolve(root, target.trim());
}
