import { expect, test } from 'vitest';
import { apiAuthentication, nasMonitoring } from './examples.ts';
import { openStage } from './stage.ts';

// Reports as a model writes them: Markdown, fences, objects, null and a lone string for a list.
const script = [
  '## Done',
  '',
  'Wrote **the script**.',
  '```powershell',
  'if ($age -gt 30) { Send-Alert }',
  '```',
];
const coder = 'Coding Agent';
const reviewer = 'Code Review Agent';
const explorer = 'Explore Agent';

type Turn = readonly [step: number, agent: string, minutes: number, report: object];

const turns: readonly Turn[] = [
  [
    1,
    explorer,
    5,
    { outcome: 'A script syncs every 15 min', relevant_files: 'scripts/Sync-FromNAS.ps1' },
  ],
  [
    2,
    explorer,
    3,
    { outcome: null, approach: ['Check the age of _SYNC_STATUS.txt', 'Alert over 30 min'] },
  ],
  [
    3,
    coder,
    12,
    { outcome: script.join('\n'), files_created: 'monitor.ps1', review_status: 'not yet' },
  ],
  [
    4,
    reviewer,
    2,
    {
      approval: 'rejected',
      outcome: 'One problem',
      issues_found: [
        { severity: 'high', file: 'monitor.ps1', line: 3, issue: 'No time-out', fix: 'Set one' },
      ],
    },
  ],
  [
    3,
    coder,
    4,
    { outcome: 'Time-out set', files_modified: ['monitor.ps1'], built: script.join('\n') },
  ],
  [4, reviewer, 2, { approval: 'approved', outcome: 'Good', issues_found: [] }],
  [
    5,
    coder,
    8,
    { outcome: 'Alerts come', tests: ['old file: alert', 'fresh file: none'], coverage: 100 },
  ],
  [
    6,
    'DevOps Agent',
    4,
    {
      outcome: 'Runs every 10 min',
      deployed_to: 'monitoring component',
      deployment_steps: ['Copied the script', 'Scheduled it'],
      environment: { host: 'file server', os: 'Windows Server 2019' },
      alert_threshold: '30 minutes',
    },
  ],
  [7, 'general-purpose', 5, { outcome: 'Runbook written', docs_created: 'docs/nas.md' }],
];

test('the screens of a client’s plan with a rejection, and its bill, tell what is true', async () => {
  // Minutes of 120.00 USD an hour: 5 + 3 + 12 + 2 + 4 + 2 + 8 + 4 + 5 = 45 min, so 90.00 USD.
  const rate = ['--rate', '12000', '--currency', 'USD', '--time-zone', 'UTC'];
  const stage = await openStage(nasMonitoring, {
    noun: 'client',
    name: 'Example Ltd',
    flags: rate,
  });
  await stage.checklist('--plan');
  for (const [index, [step, agent, minutes, report]] of turns.entries()) {
    await stage.claim(step, agent);
    await stage.report(step, minutes, { status: 'completed', ...report });
    if (index !== 3) continue;
    for (const view of [undefined, '--detailed'] as const) await stage.checklist(view);
  }
  await stage.show('close', stage.key(), '--outcome', 'Failing syncs raise an alert');
  for (const view of [undefined, '--detailed', '--summary'] as const) await stage.checklist(view);
  stage.write('UPDATE work_items SET completed_at = ?', '2026-11-10 16:00:00.000');
  const november = ['--client', 'Example Ltd', '--from', '2026-11-01', '--to', '2026-11-30'];
  for (const format of ['table', 'markdown', 'csv']) {
    await stage.show('billing', ...november, '--format', format);
  }
  await expect(stage.screens()).toMatchFileSnapshot('golden/nas-monitoring.txt');
});

test('the screens of a project’s plan with a block and a rejection tell what is true', async () => {
  const stage = await openStage(apiAuthentication, { noun: 'project', name: 'Shop API' });
  await stage.checklist('--plan');

  await stage.claim(1, coder);
  await stage.checklist();
  await stage.report(1, 5, {
    status: 'completed',
    outcome: [
      '### Schema',
      '',
      'Designed with **users**, `tokens` and `refresh_tokens`; access tokens live 15 min.',
      '',
      '```sql',
      'CREATE TABLE refresh_tokens (user_id INTEGER, token_hash TEXT);',
      '```',
    ].join('\n'),
    approach: 'JWT, signed with RS256',
    options: [
      { option: 'sessions in the database', pros: 'revocable', cons: 'one read a request' },
      { option: 'JWT', pros: 'no read', cons: 'revoked only by expiry' },
    ],
    files_created: 'docs/auth_schema.md',
    insights: ['Passwords in the users table are hashed with bcrypt already'],
  });
  await stage.checklist();

  await stage.claim(2, coder);
  await stage.prompt('bob', true);
  await stage.report(2, 6, {
    status: 'blocked',
    outcome: 'Routes are written; nothing can be signed yet',
    blockers: 'No RS256 key pair for the staging environment.',
    files_created: ['api/auth.py'],
  });
  for (const view of [undefined, '--detailed'] as const) await stage.checklist(view);
  await stage.show('list');
  await stage.prompt('bob');

  const resolution = 'The key pair is in the vault under staging/jwt';
  await stage.show('unblock', stage.key(2), '--resolution', resolution);
  await stage.harness.text('note', stage.key(2), 'Signing with the key from the vault');
  for (const view of [undefined, '--detailed'] as const) await stage.checklist(view);
  await stage.report(2, 14, {
    status: 'completed',
    outcome: 'Authentication code generated:\n\n- login\n- refresh\n- logout',
    files_created: ['api/auth.py', 'models/token.py'],
    files_modified: 'models/user.py',
    dependencies_added: ['python-jose[cryptography]==3.3.0', 'passlib[bcrypt]==1.7.4'],
    review_status: 'ready for review',
    production_ready: false,
  });

  await stage.claim(3, reviewer);
  await stage.report(3, 3, {
    status: 'completed',
    approval: 'rejected',
    outcome: '**Not yet.** Two issues, one of them critical.',
    issues_found: [
      {
        severity: 'critical',
        file: 'api/auth.py',
        line: 88,
        issue: 'Refresh tokens are stored unhashed.',
        fix: 'Store their SHA-256',
      },
      'Login answers within 1 min of failures without any delay',
    ],
    production_ready: false,
  });
  for (const view of [undefined, '--detailed'] as const) await stage.checklist(view);
  await stage.show('list');
  await stage.prompt('bob');
  await stage.prompt('alice', true);

  await stage.claim(2, coder, true);
  await stage.checklist();
  await stage.report(2, 7, {
    status: 'completed',
    outcome: 'Refresh tokens are hashed; failed logins wait',
    files_modified: ['api/auth.py'],
    production_ready: true,
  });
  await stage.claim(3, reviewer, true);
  await stage.report(3, 2, {
    status: 'completed',
    approval: 'approved',
    outcome: 'Both issues are mended',
    issues_found: [],
    fixes_applied: null,
    production_ready: true,
  });
  await stage.claim(4, coder);
  for (const view of [undefined, '--detailed'] as const) await stage.checklist(view);
  await stage.report(4, 8, {
    status: 'completed',
    outcome: '14 tests pass',
    tests_created: ['tests/test_auth.py'],
    files_created: ['tests/test_auth.py'],
    tests: { passed: 14, failed: 0 },
    coverage: '92%',
    production_ready: true,
    follow_ups: ['Rotate the signing key every 90 days'],
  });
  await stage.show('close', stage.key(), '--outcome', 'The API asks for a token on every route');
  for (const view of [undefined, '--detailed', '--summary'] as const) await stage.checklist(view);
  await stage.show('list');
  await stage.prompt('bob');
  await stage.show('insight', 'list', '--project', 'Shop API');
  await expect(stage.screens()).toMatchFileSnapshot('golden/api-authentication.txt');
});
