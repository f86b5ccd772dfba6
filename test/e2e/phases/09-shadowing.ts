import { equal, match } from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trustFolder } from '../../claude/claude-home.ts';
import { bash } from '../../claude/script.ts';
import type { E2eUser, E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed } from '../list-block.ts';
import { git, makeProject, makeSubfolder } from '../project.ts';
import { keyIn, succeeded } from '../results.ts';

interface Place {
  readonly alice: E2eUser;
  readonly project: string;
  readonly other: string;
}

/** Which folder of a repository one stands in does not change the list. */
export async function shadowing(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const other = await makeProject(alice, 'mill');
  await createTask(alice, project, 'Task of web');
  await createTask(alice, other, 'Task of mill');
  const place = { alice, project, other };
  await anotherRepository(place);
  await worktree(place);
  await subfolder(place);
  await worktreeWithoutDocket(place);
}

/** `cd` into another repository: the session's commands and its next prompts keep to its list. */
async function anotherRepository({ alice, project, other }: Place): Promise<void> {
  const session = alice.session(project, {
    permissionMode: 'bypassPermissions',
    args: ['--add-dir', other],
  });
  const { results } = await session.prompt('look over there', [
    bash(`cd '${other}' && docket create 'Made from the mill'`),
    bash('pwd && docket list'),
  ]);
  const [made, listed] = results.map(succeeded);
  equal(listed?.split('\n')[0], other, 'the session did not stay in the other folder');
  equal(keyIn(made ?? '').startsWith('web-'), true, `made elsewhere: ${made}`);
  const { context } = await session.prompt('and now?');
  match(context, /docket: no changes by others \(0 in progress, 2 ready\)/);
}

async function worktree({ alice, project }: Place): Promise<void> {
  const folder = join(dirname(project), 'web worktree');
  await git(project, 'worktree', 'add', '-q', '-b', 'feature', folder);
  await trustFolder(alice.home, folder);
  const { context } = await alice.session(folder).prompt('good morning');
  assertListed(context, 'Ready', 'Task of web');
  assertListed(context, 'Ready', 'Made from the mill');
}

/**
 * Claude Code reads no project settings in a subfolder: the person's own hooks cover it. A
 * docket.json there does not count. At the root the person's own and the project's say it once.
 */
async function subfolder({ alice, project }: Place): Promise<void> {
  const nested = await makeSubfolder(project, 'packages/inner');
  await mkdir(join(nested, '.claude'));
  const workspace = { id: '00000000-0000-7000-8000-000000000000', slug: 'shadow' };
  await writeFile(join(nested, '.claude', 'docket.json'), JSON.stringify({ workspace }));
  await trustFolder(alice.home, nested);
  const before = await alice.session(nested).prompt('good morning');
  equal(before.context.includes('<docket'), false, 'hooks ran before init --user');
  match(await alice.docket(nested, ['doctor']), /docket init --user/);
  match(await alice.docket(nested, ['where']), /Not used +.*inner.*: the outermost file counts/);

  await alice.docket(project, ['init', '--user']);
  const session = alice.session(nested);
  const below = await session.prompt('good morning', [bash("docket create 'Made below'")]);
  assertListed(below.context, 'Ready', 'Task of web');
  succeeded(below.results[0]);
  const above = await alice.session(project).prompt('good morning');
  // Fails on two blocks, too: one from the person's own hooks, one from the project's.
  assertListed(above.context, 'Ready', 'Made below');
  equal(above.context.split('How this project tracks work').length, 2, 'rules came twice');
}

/** A branch from before docket: the person's own hooks find the main worktree's list. */
async function worktreeWithoutDocket({ alice, project }: Place): Promise<void> {
  const folder = join(dirname(project), 'old branch');
  await git(project, 'worktree', 'add', '-q', '-b', 'old', folder, 'HEAD~1');
  await trustFolder(alice.home, folder);
  const { context } = await alice.session(folder).prompt('good morning');
  assertListed(context, 'Ready', 'Made below');
}
