import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { trustFolder } from '../claude/claude-home.ts';
import type { E2eUser } from './contract.ts';

const author = {
  GIT_AUTHOR_NAME: 'alice',
  GIT_AUTHOR_EMAIL: 'alice@example.com',
  GIT_COMMITTER_NAME: 'alice',
  GIT_COMMITTER_EMAIL: 'alice@example.com',
};

/** Runs git as a person without any configuration of their own. */
export async function git(cwd: string, ...args: readonly string[]): Promise<void> {
  await execa('git', ['-c', 'init.defaultBranch=main', ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent', ...author },
    extendEnv: false,
  });
}

/** A repository with one commit and without docket. */
export async function makeRepository({ world }: E2eUser, name: string): Promise<string> {
  const folder = await world.folder(name);
  await git(folder, 'init', '-q');
  await git(folder, 'commit', '-q', '--allow-empty', '-m', `Begin ${name}`);
  return folder;
}

/** A repository with docket's entries, committed, in a folder that the person trusts. */
export async function makeProject(
  person: E2eUser,
  name: string,
  init: readonly string[] = [],
): Promise<string> {
  const folder = await makeRepository(person, name);
  await person.docket(folder, ['init', ...init]);
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-q', '-m', 'Use docket');
  await trustFolder(person.home, folder);
  return folder;
}

/** Another person's clone of a project, trusted by them. */
export async function cloneProject(person: E2eUser, from: string, name: string): Promise<string> {
  const parent = await person.world.folder('clones');
  await git(parent, 'clone', '-q', from, name);
  const folder = join(parent, name);
  await trustFolder(person.home, folder);
  return folder;
}

/** A subfolder of a project. */
export async function makeSubfolder(project: string, name: string): Promise<string> {
  const folder = join(project, name);
  await mkdir(folder, { recursive: true });
  return folder;
}
