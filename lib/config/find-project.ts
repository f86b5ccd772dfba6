import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findCheckout } from './git-folder.ts';
import { type Env, homeOf } from './paths.ts';
import { readJson } from './read-json.ts';
import { ProjectConfig } from './schema.ts';

export const projectFile = join('.claude', 'docket.json');

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
  readonly insideRepository: boolean;
}

/**
 * Finds the project of a folder: the outermost `.claude/docket.json` above it, so that the list
 * never depends on which subfolder one stands in. A linked worktree without the file uses the
 * main worktree's.
 *
 * @throws DocketError `invalid_config` when the file that counts is broken.
 */
export function findProject(folder: string, env: Env): ProjectSearch {
  const checkout = findCheckout(folder);
  const own = search(folder, env);
  const found =
    own.candidates.length === 0 && checkout !== undefined && checkout.mainRoot !== checkout.root
      ? search(checkout.mainRoot, env)
      : own;
  const file = found.candidates.at(-1);
  const config = file === undefined ? undefined : readJson(file, ProjectConfig);
  return {
    project:
      file === undefined || config === undefined
        ? undefined
        : { root: dirname(dirname(file)), file, config },
    shadowed: found.candidates.slice(0, -1),
    ignored: found.ignored,
    insideRepository: checkout !== undefined,
  };
}

function search(folder: string, env: Env) {
  const candidates: string[] = [];
  const ignored: { file: string; reason: string }[] = [];
  const home = resolve(homeOf(env));
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, projectFile);
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile()) {
      const reason =
        at === home ? 'it lies in the home folder itself' : whyStranger(found, dirname(file));
      if (reason === undefined) candidates.push(file);
      else ignored.push({ file, reason });
    }
    if (at === dirname(at)) return { candidates, ignored };
  }
}

/**
 * A file of another user counts only where a group shares the folder (setgid) and this user is in
 * it; otherwise anyone who can write to a folder above could choose the list.
 */
function whyStranger(file: { uid: number; gid: number }, folder: string): string | undefined {
  const uid = process.getuid?.();
  if (uid === undefined || file.uid === uid || file.uid === 0) return undefined;
  const shared = statSync(folder, { throwIfNoEntry: false });
  const groups = process.getgroups?.() ?? [];
  if (shared && (shared.mode & 0o2000) !== 0 && groups.includes(shared.gid)) return undefined;
  return `it belongs to user id ${file.uid}`;
}
