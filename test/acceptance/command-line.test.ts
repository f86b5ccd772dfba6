import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ReportAnswer, RunsAnswer } from '../../lib/model/answers/run.ts';
import { PlanAnswer } from '../../lib/model/answers/task.ts';
import { BillAnswer } from '../../lib/model/billing/bill.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';
import { apiAuthentication, type Example, nasMonitoring } from './examples.ts';

// The orchestrating session's day: it plans, shows the plan, hands each step to an agent, records
// what the agent reports, shows how far it is, and in the end what came of it.

async function planned(harness: CliHarness, { request, plan }: Example): Promise<PlanAnswer> {
  return harness.json(PlanAnswer, 'plan', JSON.stringify(plan), '--request', request);
}

/** Claims a step unless it is claimed for its agent, and records what that reports. */
async function doStep(
  harness: CliHarness,
  key: string,
  { reports }: Example,
): Promise<ReportAnswer> {
  const { task } = await harness.show(key);
  if (task.claim === null) await harness.text('claim', key);
  return harness.json(ReportAnswer, 'report', key, JSON.stringify(reports[task.title]));
}

/** Without what differs from run to run. */
function plain(text: string, { task }: PlanAnswer): string {
  return text.replaceAll(task.key, 'KEY').replace(/(under )?\d+ min/g, 'N min');
}

test('API authentication in four steps, from the request to its summary', async () => {
  const harness = openCliHarness();
  const answer = await planned(harness, apiAuthentication);
  const { task, subtasks } = answer;
  expect(await harness.text('checklist', task.key, '--plan')).toContain(
    [
      '- [ ] Design authentication schema',
      '- [ ] Generate code for JWT authentication',
      '- [ ] Review authentication code',
      '- [ ] Write authentication tests',
    ].join('\n'),
  );
  await doStep(harness, subtasks[0]?.key ?? '', apiAuthentication);
  await harness.text('claim', subtasks[1]?.key ?? '', '--agent', 'Coding Agent');
  expect(plain(await harness.text('checklist', task.key), answer)).toBe(
    [
      '## Progress Update: Implement API authentication',
      '- [✓] Design authentication schema (completed - N min)',
      '  - Outcome: Schema designed with users, tokens, refresh_tokens tables',
      '  - Files: docs/auth_schema.md',
      '- [→] Generate code for JWT authentication (in progress - Coding Agent)',
      '- [ ] Review authentication code',
      '- [ ] Write authentication tests',
    ].join('\n'),
  );
  for (const { key } of subtasks.slice(1)) await doStep(harness, key, apiAuthentication);
  const { task: done } = await harness.show(task.key);
  expect(done).toMatchObject({
    status: 'completed',
    context: { subtasks_completed: 4, production_ready: true },
  });
  // The plan's review judged the code, which says who needed whom without being told.
  const { runs } = await harness.json(RunsAnswer, 'runs', subtasks[1]?.key ?? '');
  expect(runs.map(({ verdict }) => verdict)).toEqual(['approved']);
  const summary = await harness.text('checklist', task.key, '--summary');
  expect(summary).toContain('- Tasks completed: 4');
  expect(summary).toContain('- Files modified: auth.py, user.py, test_auth.py');
});

test('NAS monitoring in seven steps for a client, from the request to the bill', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Example Ltd', '--round-to', '15', '--minutes', 'proposed');
  const file = join(harness.project, '.claude/docket.json');
  const config = { ...JSON.parse(readFileSync(file, 'utf8')), mode: 'msp', client: 'Example Ltd' };
  writeFileSync(file, JSON.stringify(config));
  const { task, subtasks } = await planned(harness, nasMonitoring);
  expect(task).toMatchObject({ client: 'example-ltd', billable: true });
  expect(subtasks).toHaveLength(7);
  for (const { key } of subtasks) await doStep(harness, key, nasMonitoring);

  const summary = await harness.text('checklist', task.key, '--summary');
  for (const line of [
    '- Tasks completed: 7',
    '- Files created: monitor-nas-sync.ps1',
    '- Deployed to: monitoring component',
    '- Alert threshold: 30 minutes',
  ]) {
    expect(summary).toContain(line);
  }
  expect(summary).toMatch(/billable.*45 min|45 min.*billable/);
  const bill = await harness.json(BillAnswer, 'billing', '--client', 'Example Ltd');
  expect(bill).toMatchObject({ minutes: 45, items: [{ task: task.key, minutes: 45 }] });
  expect(await harness.text('insight', 'list', '--client', 'Example Ltd')).toContain(
    'The sync script writes its state to _SYNC_STATUS.txt',
  );
  expect(await harness.text('work-item', 'list')).toContain(task.key);
});
