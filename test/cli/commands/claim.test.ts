import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

function asBob(harness: CliHarness): CliHarness {
  return harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: 'session-b' } });
}

test('a claim says what is to be done', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task', '--description', 'Mind the gap');
  expect(await harness.text('claim', key)).toBe(
    [
      `Claimed ${key}  P2  Task`,
      '  | Mind the gap',
      '',
      `When done: docket close ${key} --outcome TEXT. All that is known: docket show ${key}`,
    ].join('\n'),
  );
  expect((await harness.show(key)).task).toMatchObject({
    status: 'in_progress',
    claim: { actor: 'alice@one', session: 'session-a', agent: 'main', stale: false },
  });
});

test('--next takes the most urgent ready task, and --agent names who does it', async () => {
  const harness = openCliHarness();
  await harness.create('Normal');
  const urgent = await harness.create('Urgent', '--priority', '0');
  const { task } = await harness.json(TaskAnswer, 'claim', '--next', '--agent', 'Coding Agent');
  expect(task).toMatchObject({ key: urgent, assignedAgent: 'Coding Agent' });
});

test('--next with nothing ready exits 3', async () => {
  expect(await openCliHarness().error('claim', '--next')).toMatchObject({
    code: 'nothing_ready',
    exitCode: 3,
  });
});

test('claiming again is no error', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const first = await harness.json(TaskAnswer, 'claim', key);
  const again = await harness.json(TaskAnswer, 'claim', key);
  expect(again.task.revision).toBe(first.task.revision);
});

test('the loser is told who holds it and since when', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  const error = await asBob(harness).error('claim', key);
  expect(error).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  expect(error.message).toMatch(/claimed by alice@one#session-a, just now/);
});

test('a live claim is stolen with --force alone', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key);
  const bob = asBob(harness);
  expect(await bob.error('claim', key, '--steal')).toMatchObject({ code: 'already_claimed' });
  const { task } = await bob.json(TaskAnswer, 'claim', key, '--steal', '--force');
  expect(task.claim?.actor).toBe('bob@two');
});

test('a task that waits, is blocked, closed or a container cannot be claimed', async () => {
  const harness = openCliHarness();
  const first = await harness.create('First');
  const second = await harness.create('Second', '--needs', first);
  const third = await harness.create('Third');
  await harness.create('Step', '--parent', third);
  expect(await harness.error('claim', second)).toMatchObject({
    code: 'waiting',
    exitCode: 4,
    message: `${second} waits for ${first}`,
  });
  expect(await harness.error('claim', third)).toMatchObject({ code: 'is_container', exitCode: 4 });
  await harness.text('block', first, 'vendor');
  const blocked = await harness.error('claim', first);
  expect(blocked).toMatchObject({ code: 'invalid_transition', exitCode: 4 });
  expect(blocked.message).toContain('vendor');
  await harness.text('close', first);
  expect(await harness.error('claim', first)).toMatchObject({
    code: 'invalid_transition',
    exitCode: 4,
    hint: `docket reopen ${first}`,
  });
});

test.for([[[]], [['web-aaaa', '--next']]])('claim %j is refused', async ([argv = []]) => {
  expect(await openCliHarness().error('claim', ...argv)).toMatchObject({
    code: 'usage',
    exitCode: 2,
  });
});

test('an agent without a name is refused as empty', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.error('claim', key, '--agent', '')).toMatchObject({
    code: 'invalid_input',
    message: '--agent is empty',
    exitCode: 2,
  });
});

test('of two agents of one session the second is told who has it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', key, '--agent', 'alice');
  const error = await harness.error('claim', key, '--agent', 'bob');
  expect(error).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  expect(error.message).toContain(`${key} is claimed by alice in this session, just now`);
  await harness.text('claim', key, '--agent', 'alice');
  const { task } = await harness.json(TaskAnswer, 'claim', key, '--agent', 'bob', '--steal');
  expect(task.claim?.agent).toBe('bob');
});

test('the name that a hook gives stands first, and one that the command gives itself is nothing', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', '--as-agent=bob', key, '--as-agent=alice', '--as-agent', 'carol');
  expect((await harness.show(key)).task.claim?.agent).toBe('bob');
});

test('the name that a hook gives a command is its worker’s, and no help tells of it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  await harness.text('claim', '--as-agent=bob', key);
  expect((await harness.show(key)).task.claim?.agent).toBe('bob');
  expect(await harness.error('claim', '--as-agent=carol', key)).toMatchObject({ exitCode: 4 });
  expect(await harness.error('claim', `--as-agent=${'x'.repeat(101)}`, key)).toMatchObject({
    code: 'usage',
  });
  expect(await harness.text('claim', '--help')).not.toContain('as-agent');
  expect((await harness.error('claim', key, '--as-agen', 'x')).hint).not.toContain('as-agent');
});

test('who claims in a worktree is shown with its branch, to others', async () => {
  const harness = openCliHarness();
  const env = { HOME: harness.home, GIT_CONFIG_NOSYSTEM: '1' };
  const person = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  const git = (...words: readonly string[]) =>
    execa('git', [...person, ...words], { cwd: harness.project, env });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.claude');
  await git('commit', '--quiet', '--message', 'first');
  await git('worktree', 'add', '--quiet', '-b', 'fix-login', '../login');
  const inWorktree = harness.with({ cwd: join(harness.home, 'login') });
  const key = await harness.create('Task');
  const usual = await harness.create('Usual');
  const other = await harness.create('Other');
  const { task } = await inWorktree.json(TaskAnswer, 'claim', key);
  expect(task.claim?.branch).toBe('fix-login');
  await inWorktree.text('update', other, '--status', 'in_progress');
  expect((await harness.show(other)).task.claim?.branch).toBe('fix-login');
  await harness.text('claim', usual);
  expect((await harness.show(usual)).task.claim).not.toHaveProperty('branch');
  const bob = asBob(harness);
  const held = /alice@one#session-a, (now|\d+ \w+), branch fix-login/;
  for (const words of [['list'], ['show', key], ['overview']]) {
    expect(await bob.text(...words)).toMatch(held);
    expect(await inWorktree.text(...words)).not.toContain('fix-login');
  }
  const error = await bob.error('claim', key);
  expect(error.message).toMatch(/#session-a, (just now|.* ago), branch fix-login$/);
});

test('a claim for an agent names the fields of its report, as the type has them', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Write it down', '--type', 'documentation');
  const text = await harness.text('claim', key, '--agent', 'Coding Agent');
  expect(text).toMatch(
    new RegExp(
      `^docket report ${key} JSON may have: status, outcome, .*docs_created.*All that is known: docket show ${key}$`,
      'm',
    ),
  );
  expect(text).not.toContain('docket close');
});
