import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../config/find-project.ts';
import { findCheckout } from '../../config/git-folder.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';
import { projectAgents, readAgents } from '../parts/agents.ts';
import { longestRun } from '../parts/git.ts';
import { readGitStatus } from '../parts/git-status.ts';

/** The files that a project commits, below its folder. */
export const committedFiles = [
  join('.claude', 'settings.json'),
  projectFile,
  join('.claude', 'docket', 'hook'),
  join('.claude', 'docket', '.gitattributes'),
] as const;

/** Checks whether teammates get docket's files: ignored ones never, uncommitted ones not yet. */
export async function checkGit(folder: string, hasProjectFile: boolean): Promise<Check> {
  const name = 'git';
  const checkout = findCheckout(folder);
  if (checkout === undefined) {
    return { name, status: 'ok', message: 'not in a git repository: nothing to commit' };
  }
  const files = committedFiles
    .filter((file) => hasProjectFile || file !== projectFile)
    .map((file) => join(folder, file))
    .filter((file) => existsSync(file));
  const agents = readAgents(projectAgents(folder))
    .filter(({ state }) => state === 'current' || state === 'outdated')
    .map(({ path }) => path);
  const status = await readGitStatus(checkout.root, [...files, ...agents]);
  if (status === undefined) {
    return {
      name,
      status: 'warn',
      message: `git refuses, or gives no answer in ${longestRun / 1_000} s, so nothing is known`,
      next: `See what it says or waits for: git -C ${shellWord(checkout.root)} status`,
    };
  }
  if (status.ignored.length > 0) {
    return {
      name,
      status: 'warn',
      message: `git ignores ${status.ignored.join(', ')}: teammates and worktrees will not get it`,
      next: `git -C ${shellWord(checkout.root)} add -f ${quoted(status.ignored)}`,
    };
  }
  if (status.uncommitted.length > 0) {
    return {
      name,
      status: 'warn',
      message: `not committed yet: ${count(status.uncommitted)}`,
      next: `git -C ${quoted([checkout.root])} add ${quoted(status.uncommitted)}, then commit`,
    };
  }
  return { name, status: 'ok', message: 'the files that teammates need are committed' };
}

function count(paths: readonly string[]): string {
  return paths.length === 1 ? String(paths[0]) : `${paths.length} files`;
}

function quoted(paths: readonly string[]): string {
  return paths.map((path) => (/^[\w./-]+$/.test(path) ? path : shellWord(path))).join(' ');
}
