import { basename } from 'node:path';
import { limits } from '../model/limits.ts';
import { findCheckout, readHead } from './git-folder.ts';

/**
 * Matches HEAD on a branch, as git writes it. With reftables it names `.invalid`: no branch begins
 * so, and none has these characters.
 */
const onBranch = /^ref: refs\/heads\/(?!\.)([^\p{Cc}\s~^:?*[\\\ufffd]+)\s*$/u;

/**
 * Tells where work in a folder goes: the branch that is checked out, unless it is the usual one, or
 * `worktree:NAME` of a linked worktree without such a branch. Git's files are read, and what cannot
 * be read tells nothing.
 *
 * @param folder a plain absolute path
 */
export function branchOf(folder: string): string | undefined {
  const checkout = findCheckout(folder);
  if (checkout === undefined) return undefined;
  const { root, mainRoot } = checkout;
  const branch = readBranch(root);
  if (branch !== undefined && branch !== 'main' && branch !== 'master') return cut(branch);
  const name = basename(root);
  return root === mainRoot || /[\p{Cc}\ufffd]/u.test(name) ? undefined : cut(`worktree:${name}`);
}

function readBranch(root: string): string | undefined {
  try {
    return onBranch.exec(readHead(root) ?? '')?.[1];
  } catch {
    return undefined;
  }
}

function cut(text: string): string {
  return [...text].slice(0, limits.branch).join('');
}
