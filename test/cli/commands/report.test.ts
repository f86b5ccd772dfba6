import { expect, test } from 'vitest';
import { ReportAnswer, RunsAnswer } from '../../../lib/model/answers/run.ts';
import { PlanAnswer, TaskAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

async function claimed(harness: CliHarness, ...flags: readonly string[]): Promise<string> {
  const key = await harness.create('Fix the login', ...flags);
  await harness.json(TaskAnswer, 'claim', key, '--agent', 'Coding Agent');
  return key;
}

const done = JSON.stringify({
  status: 'completed',
  outcome: 'Login works',
  files_modified: ['a.ts'],
});

test('a report moves the task through its review, round by round, to its end', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'bugfix');
  expect(await harness.text('report', key, done)).toBe(
    `Reported ${key}  P2  Fix the login\nNext: its review by Code Review Agent. Then: docket report ${key}`,
  );
  const rejected = '{"status":"completed","approval":"rejected","issues_found":["no test"]}';
  expect(await harness.text('report', key, rejected)).toContain(
    'Next: Coding Agent mends the issues found.',
  );
  expect((await harness.show(key)).task.context).toMatchObject({ issues_found: ['no test'] });
  await harness.text('report', key, done);
  const approved = '{"status":"completed","approval":"approved"}';
  expect(await harness.text('report', key, approved)).toContain(`Completed ${key}`);
  const { task } = await harness.show(key);
  expect(task).toMatchObject({ status: 'completed', outcome: 'Login works' });
  expect(task.context).toEqual({ files_modified: ['a.ts'], approval: 'approved' });
  const { runs } = await harness.json(RunsAnswer, 'runs', key);
  expect(runs.map(({ agent, verdict }) => [agent, verdict])).toEqual([
    ['Coding Agent', 'rejected'],
    ['Code Review Agent', 'rejected'],
    ['Coding Agent', 'approved'],
    ['Code Review Agent', 'approved'],
  ]);
  expect(await harness.text('runs', key)).toMatch(
    /Coding Agent \(round 2\) +completed, under 1 min {2}Login/,
  );
});

test('a report may stand in an agent’s words, in a fence, with null and with one path for a list', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'research');
  const words = [
    'I looked at the sync. My report:',
    '```json',
    '{"status":"completed","outcome":"Found it","files_created":"notes.md","blockers":null}',
    '```',
    'Tell me if you need more.',
  ];
  const answer = await harness.with({ stdin: words.join('\n') }).text('report', key);
  expect(answer).toContain(`Completed ${key}`);
  const { task } = await harness.show(key);
  expect(task.context).toEqual({ files_created: ['notes.md'] });
});

test('the help names the fields that each type of task may have besides', async () => {
  const help = await openCliHarness().text('report', '--help');
  expect(help).toMatch(/research +findings, relevant_files, key_information/);
});

test('insights of a task that is for nobody are said to be kept nowhere', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'research');
  const report = { status: 'completed', outcome: 'Found it', insights: ['Runs Samba 4'] };
  expect(await harness.text('report', key, JSON.stringify(report))).toContain(
    `1 insight is not kept: ${key} has no client, project or infrastructure.`,
  );
});

test('a report comes by standard input as well, and follow-ups become tasks', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'research');
  const report = { status: 'completed', outcome: 'Found it', follow_ups: ['Mend it'] };
  const answer = await harness
    .with({ stdin: JSON.stringify(report) })
    .json(ReportAnswer, 'report', key);
  expect(answer).toMatchObject({ next: 'done', nextRun: null, run: { report } });
  const [followUp = ''] = answer.followUps;
  expect((await harness.show(followUp)).relations).toMatchObject([
    { type: 'discovered_from', key },
  ]);
});

test('what several runs of a task leave to do is one task, however often they say it', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'bugfix');
  const report = (fields: object) =>
    harness.json(ReportAnswer, 'report', key, JSON.stringify({ status: 'completed', ...fields }));
  const first = await report({ follow_ups: ['Mend it', 'Mend it'] });
  expect(first.followUps).toHaveLength(1);
  const rejected = { approval: 'rejected', issues_found: ['No tests'] };
  expect((await report({ ...rejected, follow_ups: ['Mend it'] })).followUps).toEqual([]);
  expect((await report({ follow_ups: ['Mend it', 'Tell them'] })).followUps).toHaveLength(1);
});

test('blocked keeps the claim of the session that goes on; failed frees the task', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness);
  const blocked = await harness.text('report', key, '{"status":"blocked","blockers":["no key"]}');
  expect(blocked).toBe(`Blocked ${key}  P2  Fix the login\nReason: no key`);
  expect((await harness.show(key)).task.claim).not.toBeNull();
  await harness.text('unblock', key);
  await harness.text('report', key, '{"status":"failed","outcome":"no disk"}');
  expect((await harness.show(key)).task).toMatchObject({ status: 'pending', claim: null });
});

test('a rejection by a review step says which task is open again', async () => {
  const harness = openCliHarness();
  const plan = '# Login\n- [ ] Write it\n- [ ] Review it (review)';
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  await harness.text('close', `${key}.1`);
  await harness.text('claim', `${key}.2`);
  const rejected = '{"status":"completed","approval":"rejected","issues_found":["no test"]}';
  expect(await harness.text('report', `${key}.2`, rejected)).toBe(
    `Rejected by ${key}.2  P2  Review it\nNow ready: ${key}.1\nOpen again, with the issues found: ${key}.1 Write it`,
  );
});

test('a review that was blocked goes on as a review', async () => {
  const harness = openCliHarness();
  const key = await claimed(harness, '--type', 'bugfix');
  await harness.text('report', key, done);
  await harness.text('report', key, '{"status":"blocked","blockers":["no access"]}');
  await harness.text('unblock', key);
  expect(
    (await harness.json(RunsAnswer, 'runs', key)).runs.map(({ role, cycle }) => [role, cycle]),
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
  ['{"status":"completed","files_created":5}', 'no list', { code: 'invalid_input', exitCode: 2 }],
  ['[]', 'no object', { code: 'invalid_input', exitCode: 2 }],
  ['5', 'a number', { code: 'invalid_input', exitCode: 2 }],
  ['true', 'a truth', { code: 'invalid_input', exitCode: 2 }],
])('the report %s (%s) is refused, and nothing is written', async ([report, , error]) => {
  const harness = openCliHarness();
  const key = await claimed(harness);
  const before = await harness.show(key);
  expect(await harness.error('report', key, report)).toMatchObject(error);
  expect((await harness.show(key)).task).toEqual(before.task);
  expect((await harness.json(RunsAnswer, 'runs', key)).runs).toMatchObject([{ status: 'running' }]);
});

test('there is nothing to report of a task that nobody works on, that another has, or of a container', async () => {
  const harness = openCliHarness();
  const report = (key: string) => harness.error('report', key, done);
  const free = await harness.create('Free');
  expect(await report(free)).toMatchObject({ code: 'not_running', exitCode: 4 });
  const closed = await harness.create('Closed');
  await harness.text('close', closed);
  expect(await report(closed)).toMatchObject({ code: 'not_running' });
  const held = await claimed(
    harness.with({ env: { DOCKET_SESSION: 'other', DOCKET_ACTOR: 'bob@two' } }),
  );
  expect(await report(held)).toMatchObject({ code: 'already_claimed', exitCode: 4 });
  const whole = await harness.create('Whole');
  await harness.create('Part', '--parent', whole);
  expect(await report(whole)).toMatchObject({ code: 'is_container' });
  expect(await report('zzzz')).toMatchObject({ code: 'not_found', exitCode: 3 });
});
