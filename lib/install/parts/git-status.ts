import { relative } from 'node:path';
import { isWithin } from '../../filesystem/path-facts.ts';
import { runGit } from './git.ts';

/** The state in git of files that teammates need. */
export interface GitStatus {
  /** Files that a rule keeps out: teammates will never get them. */
  readonly ignored: readonly string[];
  /** Files that are new or changed since the last commit. */
  readonly uncommitted: readonly string[];
}

/** Asks git about files, given by absolute path; undefined outside a repository or without git. */
export async function readGitStatus(
  root: string,
  files: readonly string[],
): Promise<GitStatus | undefined> {
  const paths = files.map((file) => relative(root, file));
  const output = await runGit(root, [
    '-c',
    'core.fsmonitor=false',
    'status',
    '--porcelain=v1',
    '-z',
    '--ignored',
    '--untracked-files=all',
    '--no-renames',
    '--',
    ...paths,
  ]);
  if (output === undefined) return undefined;
  const entries = output.split('\0').filter((entry) => entry !== '');
  function matching(isIgnored: boolean): readonly string[] {
    const found = entries.filter((entry) => entry.startsWith('!!') === isIgnored);
    // An ignored folder is listed in place of what lies in it.
    return paths.filter((path) =>
      found.some((entry) => isWithin(path, entry.slice(3).replace(/\/$/, ''))),
    );
  }
  return { ignored: matching(true), uncommitted: matching(false) };
}
