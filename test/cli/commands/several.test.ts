import { expect, test } from 'vitest';
import { ClaimsAnswer, TaskDetails, TasksAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

async function two() {
  const harness = openCliHarness();
  return { harness, one: await harness.create('One'), other: await harness.create('Other') };
}

test('several keys are claimed, shown, blocked, released and closed in one command', async () => {
  const { harness, one, other } = await two();
  const claimed = await harness.text('claim', one, other);
  expect(claimed).toContain(`Claimed ${one}  P2  One\nClaimed ${other}  P2  Other\n`);
  expect(claimed).toContain(`docket close ${one} --outcome TEXT`);
  expect(claimed).toContain(`docket close ${other} --outcome TEXT`);
  const shown = await harness.text('show', one, other);
  expect(shown).toMatch(/One(.|\n)*Other/);
  expect(await harness.text('block', one, other, '--reason', 'The key')).toBe(
    `Blocked ${one}  P2  One\nBlocked ${other}  P2  Other`,
  );
  await harness.text('unblock', one, other);
  await harness.text('release', one, other);
  expect(await harness.text('done', one, other, '--outcome', 'Both work')).toBe(
    `Completed ${one}  P2  One\nCompleted ${other}  P2  Other`,
  );
  expect((await harness.show(other)).task.outcome).toBe('Both work');
  expect(await harness.text('reopen', one, other)).toContain(`Reopened ${other}`);
  expect(await harness.text('cancel', one, other)).toContain(`Cancelled ${one}`);
});

test('with --json several tasks are a list, also where one is named twice', async () => {
  const { harness, one, other } = await two();
  const claims = await harness.json(ClaimsAnswer, 'claim', one, other, one);
  expect(claims.tasks.map(({ key }) => key)).toEqual([one, other]);
  expect(claims.handOvers).toHaveLength(2);
  expect((await harness.json(TaskDetails, 'show', one, other)).details).toHaveLength(2);
  expect((await harness.json(TasksAnswer, 'close', one, one)).tasks).toHaveLength(1);
});

test('when one key is wrong nothing is done, and that is said', async () => {
  const { harness, one } = await two();
  expect(await harness.error('close', one, 'fixed')).toMatchObject({
    code: 'not_found',
    message: 'no task has the key "fixed"; so none of the tasks was changed',
    exitCode: 3,
  });
  expect((await harness.show(one)).task.status).toBe('pending');
});

test('what is said of one task is refused where several are closed', async () => {
  const { harness, one, other } = await two();
  const next = await harness.error('close', one, other, '--follow-up', 'Next');
  expect(next).toMatchObject({ code: 'invalid_input', exitCode: 2 });
  expect(next.message).toContain('--follow-up is of one task');
  const minutes = await harness.error('close', one, other, '--billable-minutes', '5');
  expect(minutes.message).toContain('--billable-minutes is of one task');
});

test('a second key is not taken for the reason of a block', async () => {
  const { harness, one, other } = await two();
  for (const argv of [
    [one, other],
    [one, `${other}.1`],
    [one, other, 'Why'],
    [one, 'waits', 'for', 'it'],
  ]) {
    const error = await harness.error('block', ...argv);
    expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
    expect(error.message).toBe('docket block needs --reason where it names several tasks');
  }
  expect(await harness.text('block', one, 'Waits for the vendor')).toContain('Blocked');
  expect(await harness.text('block', other, 're-check')).toContain('Blocked');
});
