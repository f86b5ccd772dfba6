import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { TemplateList } from '../../../lib/model/answers/template.ts';
import { openDocket } from '../../../lib/operations/open-docket.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

const check = `---
description: See whether backups can be restored
parameters:
  host: { description: the machine }
  depth: { default: one file, values: [one file, everything] }
priority: 1
---
# Check the backups of {{host}}
- [ ] Restore {{depth}} (testing; agent: Coding Agent)
- [ ] Write down how long it took (documentation; needs 1)
`;

function openWithTemplates(files: Readonly<Record<string, string>> = { check }): CliHarness {
  const harness = openCliHarness();
  const folder = join(harness.project, '.claude/docket/plans');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.md`), text);
  return harness;
}

test('a template and its values become a plan like any other, which says what it was made of', async () => {
  const harness = openWithTemplates();
  mkdirSync(join(harness.project, 'src/deep'), { recursive: true });
  const below = harness.with({ cwd: join(harness.project, 'src/deep') });
  const { task, subtasks, existing } = await below.json(
    ...([PlanAnswer, 'plan', '--template', 'check', '--set', 'host=nas-1'] as const),
  );
  expect(existing).toBe(false);
  expect(task).toMatchObject({
    title: 'Check the backups of nas-1',
    priority: 1,
    context: { template: 'check', parameters: { host: 'nas-1', depth: 'one file' } },
  });
  expect(subtasks).toMatchObject([
    { title: 'Restore one file', type: 'testing', assignedAgent: 'Coding Agent', ready: true },
    { title: 'Write down how long it took', type: 'documentation', needs: [`${task.key}.1`] },
  ]);
});

test('flags say more than the template: whom it is for, and what was asked', async () => {
  const harness = openWithTemplates();
  await harness.text('client', 'add', 'Acme Corp');
  const { task } = await harness.json(
    ...([PlanAnswer, 'plan', '--template', 'check', '--set', 'host=nas-1'] as const),
    ...['--client', 'Acme Corp', '--request', 'Are our backups good?'],
  );
  expect(task).toMatchObject({
    client: 'acme-corp',
    context: { template: 'check', user_request: 'Are our backups good?' },
  });
});

test('--templates lists them, a line each, with what they ask for and what is wrong', async () => {
  const harness = openWithTemplates({
    check,
    broken: '# T\n- [x] a\n',
    deploy: '# Ship it\n- [ ] a\n',
  });
  expect((await harness.text('plan', '--templates')).split('\n')).toEqual([
    'Templates (3)',
    '  broken  (cannot be used: .claude/docket/plans/broken.md: line 2: the item is done already: leave it out)',
    '  check   See whether backups can be restored  (host; depth=one file)',
    '  deploy  Ship it',
    '  try: docket plan --template check --set host=...',
  ]);
  const { templates } = await harness.json(TemplateList, 'plan', '--templates');
  expect(templates.map(({ name, problem }) => [name, problem === null])).toEqual([
    ['broken', false],
    ['check', true],
    ['deploy', true],
  ]);
});

test('without templates the list says where one would be', async () => {
  expect(await openCliHarness().text('plan', '--templates')).toBe(
    'No templates: a file .claude/docket/plans/NAME.md is one\n  try: docket plan --help',
  );
});

test('on a narrow terminal a template stays on its line', async () => {
  const harness = openWithTemplates().with({ style: { width: 60, colour: false } });
  for (const line of (await harness.text('plan', '--templates')).split('\n')) {
    expect(line.length).toBeLessThanOrEqual(60);
  }
});

test('a template that is broken in the middle is told with file and line, and makes nothing', async () => {
  const harness = openWithTemplates({ check: '---\npriority: 9\n---\n# T\n- [ ] a\n' });
  expect(await harness.error('plan', '--template', 'check')).toMatchObject({
    code: 'invalid_config',
    message: '.claude/docket/plans/check.md: line 2: priority must be one of 0, 1, 2, 3, 4',
    exitCode: 1,
  });
  const ring = openWithTemplates({ check: '# T\n- [ ] a (needs 2)\n- [ ] b (needs 1)\n' });
  expect(await ring.error('plan', '--template', 'check')).toMatchObject({
    code: 'cycle',
    message: '.claude/docket/plans/check.md: subtask 1 needs 2 needs 1',
  });
  expect(await ring.text('list')).toContain('Nothing to do');
});

test.each([
  [['--set', 'host=1'], '--set goes with --template'],
  [['--once', 'a', '# T\n- [ ] a'], '--once goes with --template'],
  [['# T', '--template', 'check'], '--template does not go with PLAN'],
  [
    ['--template', 'check', '--parent', 'web-1', '--any-order'],
    '--template does not go with --parent, --any-order',
  ],
  [['--templates', '--once', 'a'], '--templates does not go with --once'],
  [['--template', 'check', '--set', 'host'], '--set: "host" is not NAME=VALUE'],
  [['--template', 'check', '--set', 'host=1', '--set', 'host=2'], '--set host is given twice'],
  [
    ['--template', 'check', '--set', 'host=1', '--once', '%Y'],
    '--once must be one word of at most 64 letters, digits and . : _ -',
  ],
  [
    ['--template', 'check', '--set', 'host=1', '--once', ''],
    '--once must be one word of at most 64 letters, digits and . : _ -',
  ],
])('plan %j is refused', async (argv, message) => {
  expect(await openWithTemplates().error('plan', ...argv)).toMatchObject({ message, exitCode: 2 });
});

test('--once makes the plan once, and then answers the one that is there with exit code 0', async () => {
  const harness = openWithTemplates();
  const argv = ['plan', '--template', 'check', '--set', 'host=nas-1', '--once', '2026-12'] as const;
  const { task } = await harness.json(PlanAnswer, ...argv);
  expect(task.context).toMatchObject({ once: '2026-12' });
  const again = await harness.with({ env: { DOCKET_SESSION: 'other' } }).run(...argv);
  expect(again).toEqual({
    stdout: `Made already for 2026-12: ${task.key}  P1  Check the backups of nas-1\nIt is pending\n  try: docket checklist ${task.key}\n`,
    stderr: '',
    exitCode: 0,
  });
  await harness.text('cancel', task.key, '--cancel-open');
  expect(await harness.text(...argv)).toContain(
    `It is cancelled\n  try: docket reopen ${task.key} brings it back; another word makes another`,
  );
  expect(await harness.json(PlanAnswer, ...argv)).toMatchObject({ existing: true });
});

test('a word that stands for a plan with other values is refused, not taken for this one', async () => {
  const harness = openWithTemplates();
  const argv = (host: string) =>
    ['plan', '--template', 'check', '--set', `host=${host}`, '--once', '2026-12'] as const;
  const { task } = await harness.json(PlanAnswer, ...argv('nas-1'));
  expect(await harness.error(...argv('nas-2'))).toMatchObject({
    code: 'conflict',
    message: `${task.key} was made for 2026-12 with other values: host=nas-1`,
    hint: 'Another word makes another plan, such as --once 2026-12-nas-2',
    exitCode: 4,
  });
});

test('a program makes the same of a template', async () => {
  const { project, env } = openWithTemplates();
  const docket = await openDocket({ folder: project, env, worker: { actor: 'alice@one' } });
  const { templates } = await docket.call('plan-templates', {});
  expect(templates.map(({ name }) => name)).toEqual(['check']);
  const input = { template: 'check', values: { host: 'nas-1' }, once: '2026-12' };
  const made = await docket.call('plan-from-template', input);
  const again = await docket.call('plan-from-template', input);
  expect([made.existing, again.existing, again.task.key]).toEqual([false, true, made.task.key]);
  await docket.close();
});

test('outside a project there are no templates, and it is said', async () => {
  const harness = openWithTemplates();
  const outside = harness.with({ cwd: harness.home });
  expect(await outside.error('plan', '--templates')).toMatchObject({
    code: 'usage',
    message: 'templates are files of a project, and this list is of none',
  });
});
