import { deepEqual, doesNotMatch, equal } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PermissionMode } from '../../claude/claude-process.ts';
import { call, callAll, delegate, type Script } from '../../claude/script.ts';
import {
  asArgument,
  awkwardTitles,
  oneLine,
  runTheCommands,
  taskCreate,
  todos,
  typographic,
  withTaskTools,
  withTodoWrite,
} from '../built-in-tools.ts';
import type { E2eUser, E2eWorld } from '../contract.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';
import { together } from '../together.ts';

const modes: readonly PermissionMode[] = [
  'default',
  'acceptEdits',
  'bypassPermissions',
  'plan',
  'dontAsk',
];

interface Place {
  readonly alice: E2eUser;
  readonly project: string;
}

/** The built-in tools are refused, and the command in the reason does what the call meant. */
export async function builtInTools(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const place = { alice, project: await makeProject(alice, 'web') };
  for (const mode of modes) {
    await together([taskTools(place, mode), todoWrite(place, mode)]);
  }
  await together([inSubagent(place, 'task'), inSubagent(place, 'todo')]);
  await byPermissionRequestAlone(place);
}

async function taskTools({ alice, project }: Place, permissionMode: PermissionMode): Promise<void> {
  const session = alice.session(project, { permissionMode, env: withTaskTools });
  const titles = awkwardTitles(permissionMode);
  const { results } = await session.prompt('make some tasks', [
    callAll([
      ...titles.map(taskCreate),
      call('TaskUpdate', { taskId: '1', status: 'completed' }),
      call('TaskList', {}),
      call('TaskGet', { taskId: '1' }),
    ]),
    runTheCommands,
  ]);
  results.slice(0, titles.length + 3).map(refused);
  results.slice(titles.length + 3).map(succeeded);
  deepEqual(results.length, 2 * titles.length + 3);
  await session.end();
  await assertTitles({ alice, project }, titles.map(asArgument));
}

async function todoWrite({ alice, project }: Place, permissionMode: PermissionMode): Promise<void> {
  const session = alice.session(project, { permissionMode, env: withTodoWrite });
  const titles = awkwardTitles(`todo ${permissionMode}`);
  const script = [todos(titles), runTheCommands];
  const { results } = await session.prompt('make a list', script);
  refused(results[0]);
  succeeded(results[1]);
  await session.end();
  await assertTitles({ alice, project }, titles.map(oneLine).map(typographic));
}

async function inSubagent({ alice, project }: Place, tools: 'task' | 'todo'): Promise<void> {
  const session = alice.session(project, { env: tools === 'task' ? withTaskTools : withTodoWrite });
  const titles = awkwardTitles(`${tools} of a subagent`);
  const first = tools === 'task' ? callAll(titles.map(taskCreate)) : todos(titles);
  const script: Script = [first, runTheCommands];
  const { subagentResults } = await session.prompt('delegate', [
    delegate(`make ${tools}s`, script),
  ]);
  const calls = first.calls.length;
  subagentResults.slice(0, calls).map(refused);
  subagentResults.slice(calls).map(succeeded);
  deepEqual(subagentResults.length, 2 * calls);
  await session.end();
  const expected = tools === 'task' ? titles.map(asArgument) : titles.map(oneLine).map(typographic);
  await assertTitles({ alice, project }, expected);
}

async function assertTitles({ alice, project }: Place, titles: readonly string[]): Promise<void> {
  const { tasks } = await alice.ask(project, ['list', '--all']);
  const found = tasks.map(({ title }) => title);
  deepEqual(
    titles.filter((title) => !found.includes(title)),
    [],
    `of ${found.join('\n')}`,
  );
}

/** The second line of defence: the rule that asks, and the hook that answers. */
async function byPermissionRequestAlone({ alice, project }: Place): Promise<void> {
  const file = join(project, '.claude', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8'));
  delete settings.hooks.PreToolUse;
  await writeFile(file, JSON.stringify(settings));
  const session = alice.session(project, { env: withTaskTools });
  const titles = awkwardTitles('asked');
  const script = [callAll(titles.map(taskCreate)), runTheCommands];
  const { results, hooks } = await session.prompt('make some tasks', script);
  equal(hooks.filter((each) => each.hook_event === 'PermissionRequest').length, titles.length);
  results.slice(0, titles.length).map((each) => doesNotMatch(refused(each), /PreToolUse/));
  results.slice(titles.length).map(succeeded);
  await assertTitles({ alice, project }, titles.map(asArgument));
}
