import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { RunsAnswer } from '../../../lib/model/answers/run.ts';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { StartAnswer, StopAnswer } from '../../../lib/model/answers/timer.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

const minute = 60_000;

/** A person whose command is a worker of its own, as without a terminal. */
function person(): CliHarness {
  return openCliHarness().with({ env: { DOCKET_SESSION: 'terminal:alice@one#k3f9x2ab' } });
}

async function work(harness: CliHarness): Promise<string> {
  await harness.text('client', 'add', 'Acme');
  return harness.create('Fix WINS', '--client', 'Acme', '--billable');
}

/** Puts the start of the clocks that run back by so many milliseconds. */
function pass({ database }: CliHarness, ms: number): void {
  const db = new DatabaseSync(database);
  const started = new Date(Date.now() - ms).toISOString().replace('T', ' ').replace('Z', '');
  db.prepare('UPDATE agent_runs SET started_at = ? WHERE finished_at IS NULL').run(started);
  db.close();
}

test('a clock takes the time from start to stop, across terminals, and the task stays', async () => {
  const harness = person();
  const key = await work(harness);
  const started = await harness.text('start', key);
  expect(started).toContain(`Claimed ${key}`);
  expect(started).toMatch(new RegExp(`^The clock runs since .*: docket stop ${key}$`, 'm'));
  pass(harness, 125 * minute);
  const elsewhere = harness.with({ env: { DOCKET_SESSION: 'terminal:alice@one' } });
  expect(await elsewhere.text('stop')).toBe(
    [
      `Stopped ${key}  P2  Fix WINS`,
      `2 h 5 min; it stays yours: docket start ${key} goes on, docket release ${key} gives it back`,
    ].join('\n'),
  );
  expect((await harness.show(key)).task).toMatchObject({ status: 'in_progress' });
  expect(await harness.error('stop')).toMatchObject({ code: 'not_running' });
  await harness.text('start', key);
  pass(harness, 20 * minute);
  expect(await harness.text('stop', key)).toContain('20 min, 2 h 25 min in all; it stays yours');
  await harness.text('start', key);
  pass(harness, 5 * minute);
  expect(await harness.text('close', key)).toContain(`Work item ${key}: 150 min to acme`);
});

test('intervals add up in milliseconds, and one of nothing is none', async () => {
  const harness = person();
  const key = await work(harness);
  for (let interval = 0; interval < 3; interval += 1) {
    await harness.text('start', key);
    pass(harness, 20_000);
    expect(await harness.text('stop')).toContain('under 1 min');
  }
  const { runs } = await harness.json(RunsAnswer, 'runs', key);
  expect(runs.map(({ clock, status }) => `${clock} ${status}`)).toEqual(
    Array(3).fill('timer released'),
  );
  const { workItems } = await harness.json(TaskAnswer, 'close', key);
  expect(workItems).toMatchObject([{ billableMinutes: 1, minutesFrom: [{ from: 'measured' }] }]);
});

test('a clock that ran over night is said, does not count whole, and is corrected', async () => {
  const harness = person();
  const key = await work(harness);
  await harness.text('start', key);
  pass(harness, 15 * 60 * minute + 20 * minute);
  const stopped = await harness.text('stop', key);
  expect(stopped).toMatch(
    /^Its clock ran for 15 h 20 min, since .*, as if forgotten: .* counts\.$/m,
  );
  expect(stopped).toContain(`try: docket stop ${key} --at 17:30`);
  const closed = await harness.json(TaskAnswer, 'close', key);
  expect(closed.workItems[0]?.billableMinutes).toBeLessThanOrEqual(60);
  const corrected = await harness.text('stop', key, '--minutes', '45');
  expect(corrected.split('\n').slice(0, 3)).toEqual([
    `Corrected ${key}  P2  Fix WINS`,
    '45 min',
    `Work item ${key}: 45 min (said by alice@one) to acme, development`,
  ]);
});

test('the end of work can be said, within the time of the clock', async () => {
  const harness = person();
  const key = await work(harness);
  await harness.text('start', key);
  pass(harness, 3 * 60 * minute);
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
  const early = await harness.error('stop', key, '--at', ago(4 * 60 * minute));
  expect(early).toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('before'),
  });
  const late = await harness.error('stop', key, '--at', ago(-60 * minute));
  expect(late.message).toContain('still to come');
  expect((await harness.error('stop', key, '--at', 'noon')).exitCode).toBe(2);
  expect((await harness.error('stop', key, '--at', '17:30', '--minutes', '5')).exitCode).toBe(2);
  const { run } = await harness.json(StopAnswer, 'stop', key, '--at', ago(60 * minute));
  expect(run).toMatchObject({ clock: 'said', activeMinutes: 120 });
});

test('a time without a day is that of the day on which the clock began, however long ago', async () => {
  const harness = person();
  const key = await work(harness);
  await harness.text('start', key);
  const begun = new Date(Date.now() - 3 * 24 * 60 * minute);
  pass(harness, Date.now() - begun.getTime());
  const at = (ms: number) => new Date(begun.getTime() + ms).toTimeString().slice(0, 5);
  const ended = await harness.json(StopAnswer, 'stop', key, '--at', at(90 * minute));
  expect(ended.run.activeMinutes).toBeGreaterThanOrEqual(89);
  expect(ended.run.activeMinutes).toBeLessThanOrEqual(90);
  const corrected = await harness.json(StopAnswer, 'stop', key, '--at', at(120 * minute));
  expect(corrected.isCorrection).toBe(true);
  expect(corrected.run.activeMinutes).toBeLessThanOrEqual(120);
});

test('the clock of a step is stopped without its key', async () => {
  const harness = person();
  const plan = await work(harness);
  const step = await harness.create('Ask the provider', '--parent', plan);
  await harness.text('start', step);
  pass(harness, 25 * minute);
  expect(await harness.text('stop')).toContain(`Stopped ${step}`);
  const { run, task } = await harness.json(StopAnswer, 'stop', step, '--minutes', '20');
  expect(run.activeMinutes).toBe(20);
  expect(task).toMatchObject({ key: step, parent: plan });
});

test('a clock that runs in another list is told, and by its key it is stopped', async () => {
  const harness = person();
  const first = await work(harness);
  await harness.text('start', first);
  const other = join(harness.home, 'other');
  mkdirSync(join(other, '.claude'), { recursive: true });
  const workspace = { id: '01890000-0000-7000-8000-000000000002', slug: 'api' };
  writeFileSync(join(other, '.claude/docket.json'), JSON.stringify({ workspace }));
  const elsewhere = harness.with({ cwd: other });
  const second = await elsewhere.create('Call back');
  expect(second).toMatch(/^api-/);
  const none = await elsewhere.error('stop');
  expect(none).toMatchObject({ code: 'not_running', hint: expect.stringContaining(first) });
  expect(await elsewhere.text('start', second)).toContain(
    `Your clock at ${first}, in another list, runs on: docket stop ${first}`,
  );
  expect(await elsewhere.text('stop', first)).toContain(`Stopped ${first}`);
  expect(await elsewhere.text('stop')).toContain(`Stopped ${second}`);
});

test('nobody works on two tasks at once: a start stops the other clock', async () => {
  const harness = person();
  const first = await work(harness);
  const second = await harness.create('Call back');
  await harness.text('start', first);
  pass(harness, 25 * minute);
  const started = await harness.text('start', second);
  expect(started).toContain(`Stopped ${first}: 25 min`);
  const again = await harness.json(StartAnswer, 'start', second);
  expect(again).toMatchObject({ stopped: [], run: { clock: 'timer', status: 'running' } });
  expect(await harness.text('log', first)).toContain('stopped the clock of');
});

test('a stop that was a mistake is undone, and the clock runs as if it had not stopped', async () => {
  const harness = person().with({ env: { DOCKET_SESSION: 'alice-desk' } });
  const key = await work(harness);
  await harness.text('start', key);
  pass(harness, 25 * minute);
  await harness.text('stop', key, '--minutes', '5');
  await harness.text('undo');
  const { runs } = await harness.json(RunsAnswer, 'runs', key);
  expect(runs).toMatchObject([{ status: 'running', clock: 'timer', activeMinutes: 25 }]);
  expect(await harness.text('stop')).toContain('25 min; it stays yours');
  await harness.text('stop', key, '--minutes', '20');
  expect((await harness.error('undo')).hint).toContain(`docket stop ${key} --minutes N`);
});

test("in Claude Code's session a start is a claim: its activity is measured, and no clock runs", async () => {
  const harness = openCliHarness().with({ env: { CLAUDE_CODE_SESSION_ID: 'f463' } });
  const key = await work(harness);
  const { run } = await harness.json(StartAnswer, 'start', key);
  expect(run).toMatchObject({ clock: null, status: 'running' });
  expect(await harness.error('stop', key, '--minutes', '5')).toMatchObject({ code: 'not_running' });
});

test('what another person has is theirs to stop', async () => {
  const harness = person();
  const key = await work(harness);
  await harness.text('start', key);
  const session = 'terminal:bob@two';
  const bob = harness.with({ env: { DOCKET_SESSION: session, DOCKET_ACTOR: 'bob@two' } });
  expect((await bob.error('start', key)).code).toBe('already_claimed');
  expect((await bob.error('stop', key)).code).toBe('not_running');
});
