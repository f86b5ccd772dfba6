import { expect, test } from 'vitest';
import { ReportAnswer, RunsAnswer } from '../../../lib/model/answers/run.ts';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type Desk, openDesk } from '../desk.ts';

async function claimed(desk: Desk, ...flags: readonly string[]): Promise<string> {
  const key = await desk.create('Fix the login', ...flags);
  await desk.json(TaskAnswer, 'claim', key, '--agent', 'Coding Agent');
  return key;
}

const done = JSON.stringify({
  status: 'completed',
  outcome: 'Login works',
  files_modified: ['a.ts'],
});

test('a report moves the task through its review, round by round, to its end', async () => {
  const desk = openDesk();
  const key = await claimed(desk, '--type', 'bugfix');
  expect(await desk.text('report', key, done)).toBe(
    `Reported ${key}  P2  Fix the login\nNext: its review by Code Review Agent. Then: docket report ${key}`,
  );
  const rejected = '{"status":"completed","approval":"rejected","issues_found":["no test"]}';
  expect(await desk.text('report', key, rejected)).toContain(
    'Next: Coding Agent mends the issues found.',
  );
  expect((await desk.show(key)).task.context).toMatchObject({ issues_found: ['no test'] });
  await desk.text('report', key, done);
  const approved = '{"status":"completed","approval":"approved"}';
  expect(await desk.text('report', key, approved)).toContain(`Completed ${key}`);
  const { task } = await desk.show(key);
  expect(task).toMatchObject({ status: 'completed', outcome: 'Login works' });
  expect(task.context).toEqual({ files_modified: ['a.ts'], approval: 'approved' });
  const { runs } = await desk.json(RunsAnswer, 'runs', key);
  expect(runs.map(({ agent, verdict }) => [agent, verdict])).toEqual([
    ['Coding Agent', 'rejected'],
    ['Code Review Agent', 'rejected'],
    ['Coding Agent', 'approved'],
    ['Code Review Agent', 'approved'],
  ]);
  expect(await desk.text('runs', key)).toMatch(
    /Coding Agent \(round 2\) +completed, \d+ min {2}Login/,
  );
});

test('insights of a task that is for nobody are said to be kept nowhere', async () => {
  const desk = openDesk();
  const key = await claimed(desk, '--type', 'research');
  const report = { status: 'completed', outcome: 'Found it', insights: ['Runs Samba 4'] };
  expect(await desk.text('report', key, JSON.stringify(report))).toContain(
    `1 insight is not kept: ${key} has no client, project or infrastructure.`,
  );
});

test('a report comes by standard input as well, and follow-ups become tasks', async () => {
  const desk = openDesk();
  const key = await claimed(desk, '--type', 'research');
  const report = { status: 'completed', outcome: 'Found it', follow_ups: ['Mend it'] };
  const answer = await desk
    .with({ stdin: JSON.stringify(report) })
    .json(ReportAnswer, 'report', key);
  expect(answer).toMatchObject({ next: 'done', nextRun: null, run: { report } });
  const [followUp = ''] = answer.followUps;
  expect((await desk.show(followUp)).relations).toMatchObject([{ type: 'discovered_from', key }]);
});

test('what several runs of a task leave to do is one task, however often they say it', async () => {
  const desk = openDesk();
  const key = await claimed(desk, '--type', 'bugfix');
  const report = (fields: object) =>
    desk.json(ReportAnswer, 'report', key, JSON.stringify({ status: 'completed', ...fields }));
  const first = await report({ follow_ups: ['Mend it', 'Mend it'] });
  expect(first.followUps).toHaveLength(1);
  const rejected = { approval: 'rejected', issues_found: ['No tests'] };
  expect((await report({ ...rejected, follow_ups: ['Mend it'] })).followUps).toEqual([]);
  expect((await report({ follow_ups: ['Mend it', 'Tell them'] })).followUps).toHaveLength(1);
});

test('blocked keeps the claim of the session that goes on; failed frees the task', async () => {
  const desk = openDesk();
  const key = await claimed(desk);
  const blocked = await desk.text('report', key, '{"status":"blocked","blockers":["no key"]}');
  expect(blocked).toBe(`Blocked ${key}  P2  Fix the login\nReason: no key`);
  expect((await desk.show(key)).task.claim).not.toBeNull();
  await desk.text('unblock', key);
  await desk.text('report', key, '{"status":"failed","outcome":"no disk"}');
  expect((await desk.show(key)).task).toMatchObject({ status: 'pending', claim: null });
});

test('a review that was blocked goes on as a review', async () => {
  const desk = openDesk();
  const key = await claimed(desk, '--type', 'bugfix');
  await desk.text('report', key, done);
  await desk.text('report', key, '{"status":"blocked","blockers":["no access"]}');
  await desk.text('unblock', key);
  expect(
    (await desk.json(RunsAnswer, 'runs', key)).runs.map(({ role, cycle }) => [role, cycle]),
  ).toEqual([
    ['work', 1],
    ['review', 1],
    ['review', 1],
  ]);
});

test.for<[string, string, { code: string; exitCode: number }]>([
  ['nonsense', 'not JSON', { code: 'invalid_input', exitCode: 2 }],
  ['{"status":"fine"}', 'an unknown status', { code: 'invalid_input', exitCode: 2 }],
  ['{"status":"blocked"}', 'blocked by nothing', { code: 'invalid_input', exitCode: 2 }],
  [
    '{"status":"completed","billable_minutes":-1}',
    'minutes',
    { code: 'invalid_input', exitCode: 2 },
  ],
  ['{"status":"completed","files_created":"a"}', 'no list', { code: 'invalid_input', exitCode: 2 }],
  ['[]', 'no object', { code: 'invalid_input', exitCode: 2 }],
])('the report %s (%s) is refused, and nothing is written', async ([report, , error]) => {
  const desk = openDesk();
  const key = await claimed(desk);
  const before = await desk.show(key);
  expect(await desk.error('report', key, report)).toMatchObject(error);
  expect((await desk.show(key)).task).toEqual(before.task);
  expect((await desk.json(RunsAnswer, 'runs', key)).runs).toMatchObject([{ status: 'running' }]);
});

test('there is nothing to report of a task that nobody works on, that another has, or of a container', async () => {
  const desk = openDesk();
  const report = (key: string) => desk.error('report', key, done);
  const free = await desk.create('Free');
  expect(await report(free)).toMatchObject({ code: 'not_running', exitCode: 4 });
  const closed = await desk.create('Closed');
  await desk.text('close', closed);
  expect(await report(closed)).toMatchObject({ code: 'not_running' });
  const held = await claimed(
    desk.with({ env: { DOCKET_SESSION: 'other', DOCKET_ACTOR: 'bob@two' } }),
  );
  expect(await report(held)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  const whole = await desk.create('Whole');
  await desk.create('Part', '--parent', whole);
  expect(await report(whole)).toMatchObject({ code: 'is_container' });
  expect(await report('zzzz')).toMatchObject({ code: 'not_found', exitCode: 3 });
});
