import { dirname, resolve } from 'node:path';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { findCheckout } from './git-folder.ts';
import { parseProjectConfig } from './parse-config.ts';
import { type Env, homeOf } from './paths.ts';
import { readJson } from './read-json.ts';
import type { ProjectConfig } from './schema.ts';

export const projectFile = '.claude/docket.json';

export interface Project {
  /** Folder that holds `.claude/docket.json`. */
  readonly root: string;
  readonly file: string;
  readonly config: ProjectConfig;
}

/** What stands around a folder, with what was found and not used. */
export interface ProjectSearch {
  readonly project: Project | undefined;
  /** Files below the one used: a nested one never shadows it. */
  readonly shadowed: readonly string[];
  /** Files that do not count, and why. */
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
  /** Root of the git checkout around the folder. */
  readonly checkout: string | undefined;
  /** Root of the main worktree, where the checkout is a linked one; else the same. */
  readonly mainRoot: string | undefined;
}

/** Whose files count. */
export interface Reader {
  readonly user: number | undefined;
  readonly groups: readonly number[];
}

/**
 * Finds the project of a folder, which is absolute and plain: the outermost `.claude/docket.json` above it, so that the list
 * never depends on which subfolder one stands in. A linked worktree without the file uses the
 * main worktree's.
 *
 * @throws DocketError `invalid_config` when the file that counts is broken.
 */
export function findProject(
  folder: string,
  env: Env,
  reader: Reader = { user: process.getuid?.(), groups: process.getgroups?.() ?? [] },
): ProjectSearch {
  const checkout = findCheckout(folder);
  const own = search(folder, env, reader);
  const found =
    own.candidates.length === 0 && checkout !== undefined && checkout.mainRoot !== checkout.root
      ? search(checkout.mainRoot, env, reader)
      : own;
  const file = found.candidates.at(-1);
  const config = file === undefined ? undefined : readJson(file, parseProjectConfig);
  return {
    project:
      file === undefined || config === undefined
        ? undefined
        : { root: dirname(dirname(file)), file, config },
    shadowed: found.candidates.slice(0, -1),
    ignored: found.ignored,
    checkout: checkout?.root,
    mainRoot: checkout?.mainRoot,
  };
}

function search(folder: string, env: Env, reader: Reader) {
  const candidates: string[] = [];
  const ignored: { file: string; reason: string }[] = [];
  const home = resolve(homeOf(env));
  for (let at = folder; ; at = dirname(at)) {
    const file = at === '/' ? `/${projectFile}` : `${at}/${projectFile}`;
    const reason = at === home ? whyHome(file) : whyNot(file, reader);
    if (reason === undefined) candidates.push(file);
    else if (reason !== 'absent') ignored.push({ file, reason });
    if (at === dirname(at)) return { candidates, ignored };
  }
}

function whyHome(file: string): string {
  return statOrUndefined(file) === undefined ? 'absent' : 'it lies in the home folder itself';
}

/** Why a file does not count, or undefined when it does. */
function whyNot(file: string, reader: Reader): string | undefined {
  const found = statOrUndefined(file);
  if (found === undefined) return 'absent';
  if (found === 'unreadable') return 'it cannot be read';
  if (!found.isFile()) return 'it is not a file';
  return whyStranger(found, dirname(file), reader);
}

/**
 * A file of another user counts only where a group shares the folder (setgid) and this user is in
 * it; otherwise anyone who can write to a folder above could choose the list.
 */
function whyStranger(
  file: { readonly uid: number },
  folder: string,
  { user, groups }: Reader,
): string | undefined {
  if (user === undefined || file.uid === user || file.uid === 0) return undefined;
  const shared = statOrUndefined(folder);
  const isShared =
    typeof shared === 'object' && (shared.mode & 0o2000) !== 0 && groups.includes(shared.gid);
  return isShared ? undefined : `it belongs to user id ${file.uid}`;
}
