import { expect, test } from 'vitest';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { hookNames } from './hook-names.ts';
import { outcome, readSaid, startHook } from './hook-process.ts';
import { createHookUser } from './hook-user.ts';
import { showList } from './outage.ts';

function input(extra: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ session_id: 'session-s', source: 'startup', ...extra });
}

const allowed = JSON.stringify({
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
});

test('a reader of stdout that went away is no failure of the hook', async () => {
  const person = createHookUser();
  await showList(person);
  for (const name of hookNames) {
    const hook = await startHook(name, { env: person.env, cwd: person.project });
    hook.stdout.destroy();
    hook.stdin.end(input({ tool_name: 'TaskList' }));
    const { exitCode, stderr } = await outcome(hook);
    expect([exitCode, stderr]).toEqual([0, '']);
  }
});

test('stdin that comes in pieces is read to its end', async () => {
  const person = createHookUser();
  await showList(person);
  const hook = await startHook('user-prompt-submit', { env: person.env, cwd: person.project });
  const ended = outcome(hook);
  for (const piece of input({ prompt: 'ü'.repeat(40_000) }).match(/[\s\S]{1,9000}/g) ?? []) {
    hook.stdin.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  hook.stdin.end();
  expect(readSaid(await ended).context).toContain('P2 Wire the valve');
});

test('an input that is whole is answered although its writer keeps stdin open', async () => {
  const person = createHookUser();
  const whole = input({ tool_name: 'TaskList', prompt: '}"\\ ü 🦄 {' });
  // One byte at a time, so every character is parted somewhere.
  for (const pieces of [[whole], [...Buffer.from(whole)].map((byte) => Buffer.of(byte))]) {
    for (const name of hookNames) {
      const hook = await startHook(name, { env: person.env, cwd: person.project });
      for (const piece of pieces) hook.stdin.write(piece);
      const said = readSaid(await outcome(hook));
      hook.stdin.destroy();
      if (name === 'session-start') expect(said.context).toContain('Tasks live in docket');
      if (name === 'permission-request') expect(said.deny).toContain('docket list');
    }
  }
});

test.for([
  ['\ufeff', ''],
  ['', '{"tool_name":"TaskList"}'],
  ['', '}]"x'],
  ['\ufeff \n', '\n\0\ufeff{'],
])(
  'the first whole value counts: %j stands before it and %j behind it',
  async ([before, behind]) => {
    const person = createHookUser();
    await showList(person);
    const hook = await startHook('user-prompt-submit', { env: person.env, cwd: person.project });
    const ended = outcome(hook);
    hook.stdin.end(`${before}${input({ prompt: 'x' })}${behind}`);
    expect(readSaid(await ended).context).toContain('P2 Wire the valve');
  },
);

test('an input that never comes, or never whole, is given up in time', async () => {
  const person = createHookUser();
  await showList(person);
  await Promise.all(
    hookNames.flatMap((name) =>
      ['', '{"session_id":"session-s","prompt":"}'].map(async (piece) => {
        const hook = await startHook(name, { env: person.env, cwd: person.project });
        hook.stdin.write(piece);
        const { stdout, stderr } = await outcome(hook);
        hook.stdin.destroy();
        // The thread that reads cannot be ended, so the process ends itself.
        expect([hook.signalCode, stderr]).toEqual(['SIGALRM', '']);
        expect(stdout).toBe(name === 'permission-request' ? allowed : '');
      }),
    ),
  );
  expect(person.log()).toContain('DeadlineError: stdin is silent');
  expect(person.log()).toContain('DeadlineError: stdin is too slow');
});

test('stdin that is closed from the start gets nothing', async () => {
  const person = createHookUser();
  for (const name of hookNames) {
    const hook = await startHook(name, { env: person.env, cwd: person.project });
    hook.stdin.destroy();
    const said = readSaid(await outcome(hook));
    expect(said).toEqual(name === 'permission-request' ? { allows: true } : {});
  }
});

test('a prompt of 10 MB carries the list like any other', async () => {
  const person = createHookUser();
  await showList(person);
  const said = await person.say('user-prompt-submit', {
    session_id: 'session-big',
    prompt: 'x'.repeat(10_000_000),
  });
  expect(said.context).toContain('P2 Wire the valve');
  const denied = await person.say('pre-tool-use', {
    tool_name: 'TodoWrite',
    tool_input: { todos: Array.from({ length: 5_000 }, () => ({ content: '🦄'.repeat(500) })) },
  });
  expect(denied.deny?.length).toBeLessThan(10_000);
});

test('a huge list stays within its size, and says how much it leaves out', async () => {
  const person = createHookUser();
  await person.work(async (scope) => {
    for (let task = 0; task < 130; task += 1) {
      await createTask(scope, { title: '🦄'.repeat(500), priority: 1 });
    }
  });
  const { context = '' } = await person.say('session-start', { source: 'startup' });
  expect(context.length).toBeLessThan(10_000);
  const block = context.slice(context.indexOf('<docket '));
  expect(block.length).toBeLessThanOrEqual(4_000);
  const shown = block.match(/^- web-/gm)?.length ?? 0;
  expect(block).toContain(`\nReady, ${shown} of 100+\n`);
  expect(block).toContain(`\n+${101 - shown} or more: docket ready\n`);
});
