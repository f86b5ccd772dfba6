import { basename } from 'node:path';
import { findCheckout } from '../../config/git-folder.ts';
import type { FolderFingerprint } from '../../tracker/database/join-workspace.ts';
import { runGit } from './git.ts';
import { normaliseOrigin } from './origin.ts';

/** The facts that git has about a folder's repository. */
export interface Repository {
  /** The checkout around the folder, or undefined outside any. */
  readonly root: string | undefined;
  readonly fingerprint: FolderFingerprint;
  /** The name for its list: the repository's at its origin, else the folder's. */
  readonly name: string;
}

export async function readRepository(folder: string): Promise<Repository> {
  const checkout = findCheckout(folder);
  if (checkout === undefined) {
    const fingerprint = { rootCommit: null, origin: null, isBlank: true };
    return { root: undefined, fingerprint, name: basename(folder) };
  }
  const [rootCommit, origin] = await Promise.all([
    readRootCommit(folder),
    readOrigin(folder, checkout.mainRoot),
  ]);
  return {
    root: checkout.root,
    fingerprint: {
      rootCommit,
      origin,
      isBlank: rootCommit === null && origin === null && (await isBlank(folder)),
    },
    name: basename(origin ?? '') || basename(checkout.mainRoot),
  };
}

/**
 * Finds the first commit. Of several beginnings (a merged history) it takes the one that first
 * parents lead to, which stays the same. A shallow clone ends at a commit that is no beginning.
 */
async function readRootCommit(folder: string): Promise<string | null> {
  const isShallow = await runGit(folder, ['rev-parse', '--is-shallow-repository']);
  if (isShallow !== 'false') return null;
  const roots = await runGit(folder, ['rev-list', '--max-parents=0', '--first-parent', 'HEAD']);
  return roots?.split('\n').at(-1) || null;
}

/** Whether a repository has no commit on any branch, and no remote. A git that fails says neither. */
async function isBlank(folder: string): Promise<boolean> {
  const found = await Promise.all([
    runGit(folder, ['rev-list', '--all', '--max-count=1']),
    runGit(folder, ['remote']),
  ]);
  return found.every((lines) => lines === '');
}

/** Finds the remote `origin`, or the only one there is. */
async function readOrigin(folder: string, mainRoot: string): Promise<string | null> {
  const remotes = (await runGit(folder, ['remote']))?.split('\n') ?? [];
  const remote = remotes.includes('origin') || remotes.length > 1 ? 'origin' : remotes[0];
  if (!remote) return null;
  const url = await runGit(folder, ['remote', 'get-url', remote]);
  return url === undefined ? null : normaliseOrigin(url, mainRoot);
}
