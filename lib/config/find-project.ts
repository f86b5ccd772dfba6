import { dirname, resolve } from 'node:path';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { findCheckout } from './git-folder.ts';
import { parseProjectConfig } from './parse-config.ts';
import { type Env, homeOf } from './paths.ts';
import { readJson } from './read-json.ts';
import type { ProjectConfig } from './schema.ts';

export const projectFile = '.claude/docket.json';

export interface Project {
  /** The folder that holds `.claude/docket.json`. */
  readonly root: string;
  readonly file: string;
  readonly config: ProjectConfig;
}

/** The project of a folder, and the files that were found and are not used. */
export interface ProjectSearch {
  readonly project: Project | undefined;
  /** Files below the one used: a nested one never shadows it. */
  readonly shadowed: readonly string[];
  /** Files that do not count, and why. */
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
  /** The root of the git checkout around the folder. */
  readonly checkout: string | undefined;
  /** The root of the main worktree, where the checkout is a linked one; else the same. */
  readonly mainRoot: string | undefined;
}

/** The user whose own files count, and the groups whose shared ones do. */
export interface FileOwner {
  readonly user: number | undefined;
  readonly groups: readonly number[];
}

/**
 * Finds the project of a folder, given as a plain absolute path: the outermost `.claude/docket.json`
 * above it counts, so that the list never depends on the subfolder one stands in. A linked worktree
 * without the file uses that of the main worktree.
 *
 * @throws DocketError `invalid_config` when the file that counts is broken.
 */
export function findProject(
  folder: string,
  env: Env,
  owner: FileOwner = { user: process.getuid?.(), groups: process.getgroups?.() ?? [] },
): ProjectSearch {
  const checkout = findCheckout(folder);
  const own = search(folder, env, owner);
  const found =
    own.candidates.length === 0 && checkout !== undefined && checkout.mainRoot !== checkout.root
      ? search(checkout.mainRoot, env, owner)
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

function search(folder: string, env: Env, owner: FileOwner) {
  const candidates: string[] = [];
  const ignored: { file: string; reason: string }[] = [];
  const home = resolve(homeOf(env));
  for (let at = folder; ; at = dirname(at)) {
    const file = at === '/' ? `/${projectFile}` : `${at}/${projectFile}`;
    const reason = at === home ? whyHome(file) : whyNot(file, owner);
    if (reason === undefined) candidates.push(file);
    else if (reason !== 'absent') ignored.push({ file, reason });
    if (at === dirname(at)) return { candidates, ignored };
  }
}

function whyHome(file: string): string {
  return statOrUndefined(file) === undefined ? 'absent' : 'it lies in the home folder itself';
}

/** Says why a file does not count; undefined when it does. */
function whyNot(file: string, owner: FileOwner): string | undefined {
  const found = statOrUndefined(file);
  if (found === undefined) return 'absent';
  if (found === 'unreadable') return 'it cannot be read';
  if (!found.isFile()) return 'it is not a file';
  return whyStranger(found, dirname(file), owner);
}

/**
 * Says why a file of another user does not count: it does only where a group shares the folder
 * (setgid) and this user is in it, as anyone who can write to a folder above could choose the list.
 */
function whyStranger(
  file: { readonly uid: number },
  folder: string,
  { user, groups }: FileOwner,
): string | undefined {
  if (user === undefined || file.uid === user || file.uid === 0) return undefined;
  const shared = statOrUndefined(folder);
  const isShared =
    typeof shared === 'object' && (shared.mode & 0o2000) !== 0 && groups.includes(shared.gid);
  return isShared ? undefined : `it belongs to user id ${file.uid}`;
}
