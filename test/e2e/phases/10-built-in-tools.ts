import { deepEqual, match, ok } from 'node:assert/strict';
import { type ApiRequest, type ToolResult, toolResults } from '../../claude/api-request.ts';
import type { PermissionMode } from '../../claude/claude-process.ts';
import { bash, type Call, call, callAll, delegate, type Script } from '../../claude/script.ts';
import { withTaskTools, withTodoWrite } from '../built-in-tools.ts';
import type { Person } from '../person.ts';
import { makeProject } from '../project.ts';
import { refused, succeeded } from '../results.ts';
import type { World } from '../world.ts';

const modes: readonly PermissionMode[] = [
  'default',
  'acceptEdits',
  'bypassPermissions',
  'plan',
  'dontAsk',
];

interface Place {
  readonly alice: Person;
  readonly project: string;
}

/** The built-in tools are refused, and the command in the reason does what the call meant. */
export async function builtInTools(world: World): Promise<void> {
  const alice = await world.person('alice');
  const place = { alice, project: await makeProject(alice, 'web') };
  for (const mode of modes) {
    await Promise.all([taskTools(place, mode), todoWrite(place, mode)]);
  }
  await Promise.all([inSubagent(place, 'task'), inSubagent(place, 'todo')]);
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
  await assertTitles({ alice, project }, titles.map(oneLine));
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
  const expected = titles.map(oneLine);
  await assertTitles({ alice, project }, tools === 'task' ? expected : expected.map(typographic));
}

/** What a shell or a permission rule could trip over. */
function awkwardTitles(prefix: string): readonly string[] {
  return [
    `${prefix}: don't pay $5 for \`ls\` & "quotes" 🎉\nnor $(pwd) on a second line`,
    `${prefix}: $HOME \`id\` "quoted" {braces} C:\\dir; echo x > y | z <b> # 🎉`,
  ];
}

function taskCreate(subject: string): Call {
  return call('TaskCreate', { subject, description: `About ${subject}` });
}

function todos(titles: readonly string[]): Call {
  const items = titles.map((content) => ({ content, status: 'pending', activeForm: content }));
  return call('TodoWrite', { todos: items });
}

/** The model does as the reasons say, word for word. */
function runTheCommands(request: ApiRequest): Call {
  const denied = toolResults(request).filter((each) => isMaking(each));
  return callAll(denied.map((each) => bash(commandIn(each.text))));
}

function isMaking({ tool }: ToolResult): boolean {
  return tool === 'TaskCreate' || tool === 'TodoWrite';
}

function commandIn(reason: string): string {
  match(reason, /Tasks live in docket/);
  const command = reason.slice(reason.indexOf('Run instead:\n') + 'Run instead:\n'.length);
  ok(command.startsWith('docket '), `no command in: ${reason}`);
  return /^docket plan <<'PLAN'\n[\s\S]*?\nPLAN$/m.exec(command)?.[0] ?? command;
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

function oneLine(title: string): string {
  return title.replace(/\s+/g, ' ');
}

// Permission rules refuse straight quotes in some heredocs.
function typographic(title: string): string {
  return title.replaceAll("'", '’').replaceAll('"', '”');
}
