import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { E2eUser, E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed, fromHooks } from '../list-block.ts';
import { git, makeProject } from '../project.ts';

const name = `Alice's "web" $HOME é`;

/** A checkout may do to the launcher's file what it likes: no prompt fails, nor is one blocked. */
export async function launcherFile(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const bob = await world.person('bob', { installed: false });
  const project = await makeProject(alice, name);
  const key = await createTask(alice, project, 'Wire the flux valve');
  const file = join(project, '.claude', 'docket', 'hook');
  const text = await readFile(file, 'utf8');

  await chmod(file, 0o644);
  await expectList(alice, project, key);
  await expectOneLine(bob, project);
  await writeFile(file, text.replaceAll('\n', '\r\n'));
  await expectList(alice, project, key);
  await expectOneLine(bob, project);
  for (const broken of ['', text.slice(0, 900), `<<<<<<< HEAD\n${text}`, undefined]) {
    await (broken === undefined ? rm(file) : writeFile(file, broken));
    for (const person of [alice, bob]) await expectNothing(person, project);
  }

  await git(project, 'checkout', '-q', '--', '.');
  await git(project, 'worktree', 'add', '-q', '../tree');
  await expectList(alice, join(project, '../tree'), key);
  await git(project, 'config', 'core.autocrlf', 'true');
  await git(project, 'worktree', 'add', '-q', '../crlf');
  const crlf = join(project, '../crlf');
  match(await readFile(join(crlf, '.claude', 'settings.json'), 'utf8'), /\r\n/);
  await expectList(alice, crlf, key);
}

async function expectList(person: E2eUser, folder: string, key: string): Promise<void> {
  const session = person.session(folder);
  const { context, toPerson } = await session.prompt('good morning');
  assertListed(context, 'Ready', key);
  deepEqual(toPerson, []);
  await session.end();
}

/** What someone without docket sees, who has never heard of it. */
async function expectOneLine(person: E2eUser, folder: string): Promise<void> {
  const session = person.session(folder);
  const { context, toPerson } = await session.prompt('good morning');
  equal(toPerson.length, 1);
  match(toPerson[0] ?? '', /docket is not installed for you/);
  doesNotMatch(context, fromHooks);
  deepEqual((await session.prompt('and now?')).toPerson, []);
  await session.end();
}

/** The turn comes to its end; what the broken file says on stderr, Claude Code keeps to itself. */
async function expectNothing(person: E2eUser, folder: string): Promise<void> {
  const session = person.session(folder, { acceptsStderr: true });
  const { context, toPerson } = await session.prompt('good morning');
  doesNotMatch(context, fromHooks);
  deepEqual(toPerson, []);
  await session.end();
}
