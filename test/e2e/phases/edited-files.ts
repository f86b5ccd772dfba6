import { deepEqual, equal, match } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { contextText } from '../../claude/api-request.ts';
import { bash, call, delegate, say } from '../../claude/script.ts';
import type { E2eUser, E2eWorld, Session } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { makeProject } from '../project.ts';
import { keyIn, succeeded } from '../results.ts';

const report = JSON.stringify({ status: 'completed', outcome: 'It is written.' });

/**
 * The files that sessions and their agents edit are kept for their tasks, two sessions at one file
 * are told of each other, and `docket who` shows them.
 */
export async function editedFiles(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const [own, given, other] = [
    await createTask(alice, project, 'Wire the flux valve'),
    // No review follows a document.
    keyIn(await alice.docket(project, ['create', 'Write it down', '--type', 'documentation'])),
    await createTask(alice, project, 'Measure it'),
  ];
  const file = join(project, 'src/auth.ts');
  const text = 'const answer = 42;\n'.repeat(2_000);
  const options = { permissionMode: 'acceptEdits' } as const;
  const [writer, reader] = [alice.session(project, options), alice.session(project, options)];

  // Claude Code gives hooks the fields of a tool in its own order, whatever the model's was.
  const made = await writer.prompt('write it', [
    bash(`docket claim ${own}`),
    call('Write', { content: text, file_path: file }),
  ]);
  succeeded(made.results[1]);
  await reader.prompt('change it', [
    bash(`docket claim ${other}`),
    call('Read', { file_path: file, limit: 1 }),
    call('Edit', { file_path: file, old_string: text, new_string: 'const answer = 43;\n' }),
  ]);
  for (const [session, purpose] of [
    [reader, `for ${own} Wire the flux valve`],
    [writer, `for ${other} Measure it`],
  ] as const) {
    const told = await untilTold(alice, session, [writer, reader]);
    const times = told.split(`also edits src/auth.ts ${purpose}`).length - 1;
    equal(times, 1, told);
  }

  // An agent's files are those of the task that was given to it.
  await writer.prompt('have it written down', [
    bash(`docket claim ${given} --agent general-purpose`),
    delegate(`Write down ${given}`, [
      call('Write', { file_path: join(project, 'docs/valve.md'), content: 'It hums.\n' }),
      say(report),
    ]),
  ]);
  const written = await alice.ask(project, ['show', given]);
  equal(written.task?.status, 'completed');
  deepEqual(written.task?.context?.files_created, ['docs/valve.md']);

  const who = await alice.docket(project, ['who']);
  match(who, /^Live sessions \(\d\)/);
  match(who, new RegExp(`${own} .*Wire the flux valve[\\s\\S]*files: .*src/auth\\.ts`));
  match(who, new RegExp(`${other} .*Measure it`));

  const closed = await writer.prompt('done', [
    call('Write', { file_path: join(project, 'src/last.ts'), content: 'export {};\n' }),
    bash(`docket close ${own} --outcome 'wired'`),
  ]);
  succeeded(closed.results[1]);
  const shown = await alice.ask(project, ['show', own]);
  deepEqual(shown.task?.context?.files_created, ['src/auth.ts', 'src/last.ts']);

  // What a session edits last is kept as it ends.
  await reader.prompt('one more', [
    call('Write', { file_path: join(project, 'src/end.ts'), content: 'export {};\n' }),
    bash('sleep 0.5'),
  ]);
  await Promise.all([reader.end(), writer.end()]);
  await alice.docket(project, ['close', other, '--force']);
  const ended = await alice.ask(project, ['show', other]);
  deepEqual(ended.task?.context?.files_created, ['src/end.ts']);
  deepEqual(ended.task?.context?.files_modified, ['src/auth.ts']);
}

/** Lets heartbeats be due until a session was told of a shared file; gives all that it was told. */
async function untilTold(
  { home, world }: E2eUser,
  session: Session,
  all: readonly Session[],
): Promise<string> {
  for (let turn = 0; turn < 20; turn += 1) {
    for (const { id } of all)
      await rm(join(home, '.local/state/docket/stamps', id), { force: true });
    for (const each of all) await each.prompt(`go on, turn ${turn}`, [bash('sleep 0.3')]);
    const last = world.mock.mainRequests(session.id).at(-1);
    const told = last ? contextText(last) : '';
    if (told.includes('also edits')) return told;
    await wait(200);
  }
  throw new Error('the session was not told within 20 turns');
}
