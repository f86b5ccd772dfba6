import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PlanAnswer } from '../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli/cli-harness.ts';
import { nasMonitoring } from './examples.ts';

// Reports as a model writes them: Markdown, fences, objects, null and a lone string for a list.
const script = [
  '## Done',
  '',
  'Wrote **the script**.',
  '```powershell',
  'if ($age -gt 30) { Send-Alert }',
  '```',
];
const reports: readonly (readonly [step: number, report: object])[] = [
  [1, { outcome: 'A script syncs every 15 min', relevant_files: 'scripts/Sync-FromNAS.ps1' }],
  [2, { outcome: null, approach: ['Check the age of _SYNC_STATUS.txt', 'Alert over 30 min'] }],
  [3, { outcome: script.join('\n'), files_created: 'monitor.ps1', review_status: 'not yet' }],
  [
    4,
    {
      approval: 'rejected',
      outcome: 'One problem',
      issues_found: [
        { severity: 'high', file: 'monitor.ps1', line: 3, issue: 'No time-out', fix: 'Set one' },
      ],
    },
  ],
  [3, { outcome: 'Time-out set', files_modified: ['monitor.ps1'], built: script.join('\n') }],
  [4, { approval: 'approved', outcome: 'Good', issues_found: [] }],
  [5, { outcome: 'Alerts come', tests: ['old file: alert', 'fresh file: none'], coverage: 100 }],
  [
    6,
    {
      outcome: 'Runs every 10 min',
      deployed_to: 'monitoring component',
      deployment_steps: ['Copied the script', 'Scheduled it'],
      environment: { host: 'file server', os: 'Windows Server 2019' },
      alert_threshold: '30 minutes',
    },
  ],
  [7, { outcome: 'Runbook written', docs_created: 'docs/nas.md' }],
];

test('the screens of a client’s plan with a rejection tell a reader what is true', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Example Ltd');
  const file = join(harness.project, '.claude/docket.json');
  const config = { ...JSON.parse(readFileSync(file, 'utf8')), mode: 'msp', client: 'Example Ltd' };
  writeFileSync(file, JSON.stringify(config));
  const { request, plan } = nasMonitoring;
  const document = JSON.stringify(plan);
  const { task } = await harness.json(PlanAnswer, 'plan', document, '--request', request);
  const screens: string[] = [];
  async function show(...argv: readonly string[]): Promise<void> {
    const text = await harness.text('checklist', task.key, ...argv);
    const plain = text
      .replaceAll(task.key, 'KEY')
      .replace(/(under )?\d+ min(?=\)| \(|$)/gm, 'N min');
    screens.push(`==== ${['checklist', ...argv].join(' ')}`, plain, '');
  }
  await show('--plan');
  for (const [index, [step, report]] of reports.entries()) {
    const key = `${task.key}.${step}`;
    if ((await harness.show(key)).task.claim === null) await harness.text('claim', key);
    await harness.text('report', key, JSON.stringify({ status: 'completed', ...report }));
    if (index === 3) for (const view of [[], ['--detailed']]) await show(...view);
  }
  await harness.text('close', task.key, '--outcome', 'Failing syncs raise an alert');
  for (const view of [[], ['--detailed'], ['--summary']]) await show(...view);
  await expect(screens.join('\n')).toMatchFileSnapshot('golden/nas-monitoring.txt');
});
