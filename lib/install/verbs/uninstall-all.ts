import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProject, projectFile } from '../../config/find-project.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { isInsideClaudeCode } from '../../config/trust.ts';
import { DocketError } from '../../model/errors.ts';
import { knownFolders } from '../../state/known-project.ts';
import { removeEmptyFolders } from '../files/file-change.ts';
import { findOwnTraces, removeTrace } from '../parts/own-traces.ts';
import { type UninstallUserResult, uninstallUser } from './init-user.ts';

export interface UninstallAllOptions {
  readonly env: Env;
  /** Removes the person's own file of lists as well. */
  readonly lists: boolean;
  /** Goes on although projects have docket's files. */
  readonly anyway: boolean;
  readonly dryRun: boolean;
}

export interface UninstallAllResult extends UninstallUserResult {
  /** Projects with docket's files: without `anyway` they are why nothing was removed. */
  readonly projects: readonly string[];
  readonly isRefused: boolean;
  /** Files and folders that were removed, or would be. */
  readonly removed: readonly string[];
  /** The person's lists that stay. */
  readonly keptLists: readonly string[];
  /** Files in docket's folders that are not docket's. */
  readonly keptFiles: readonly string[];
}

/**
 * Takes docket itself away: the entries in the person's own settings, the installed versions with
 * their Node.js, the command, the configuration and what this machine remembers. All code that
 * this needs is loaded before the first file goes.
 *
 * @throws DocketError
 */
export function uninstallAll({ env, lists, anyway, dryRun }: UninstallAllOptions) {
  if (isInsideClaudeCode(env)) {
    throw new DocketError('usage', 'no session of Claude Code may remove docket itself', {
      hint: 'Run in a terminal of your own: docket uninstall --all',
    });
  }
  const projects = knownProjects(env);
  const traces = findOwnTraces(env);
  const isRefused = projects.length > 0 && !anyway;
  const removed = [...(lists ? traces.lists : []), ...traces.own];
  const user = uninstallUser(env, { dryRun: dryRun || isRefused });
  if (!dryRun && !isRefused) {
    for (const path of removed) removeTrace(path);
    removeEmptyFolders(traces.folders);
  }
  return {
    ...user,
    projects,
    isRefused,
    removed,
    keptLists: lists ? [] : traces.lists,
    keptFiles: traces.foreign,
  } satisfies UninstallAllResult;
}

/** Finds the projects of this machine that have docket's files still. */
function knownProjects(env: Env): readonly string[] {
  const roots = knownFolders(stateFolder(env)).map((folder) => rootOf(folder, env));
  return [...new Set(roots)].filter((root) => existsSync(join(root, projectFile)));
}

function rootOf(folder: string, env: Env): string {
  try {
    return findProject(folder, env).project?.root ?? folder;
  } catch {
    // A broken file is the project's all the same.
    return folder;
  }
}
