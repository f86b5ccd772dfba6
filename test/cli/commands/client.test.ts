import { expect, test } from 'vitest';
import { ClientDetail } from '../../../lib/model/answers/entry-tasks.ts';
import {
  ClientAnswer,
  ClientList,
  InfrastructureAnswer,
  ProjectAnswer,
} from '../../../lib/model/answers/registry.ts';
import { TaskAnswer, TaskList } from '../../../lib/model/answers/task.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { openCliHarness, workspace } from '../cli-harness.ts';

test('a client is added, listed, shown, changed and archived', async () => {
  const harness = openCliHarness();
  const flags = ['--note', 'Calls on Mondays', '--round-to', '15', '--rounding', 'nearest'];
  expect(await harness.text('client', 'add', 'Acme Corp', ...flags)).toBe(
    'Added client acme-corp  Acme Corp',
  );
  expect(await harness.text('client', 'list')).toBe(
    'acme-corp  Acme Corp  (rounded to the nearest 15 min)',
  );
  const shown = await harness.text('client', 'show', 'acme corp');
  expect(shown.split('\n')).toEqual([
    'acme-corp  Acme Corp',
    'rounded to the nearest 15 min',
    expect.stringMatching(/^created .* by alice@one$/),
    '',
    'Note',
    '  | Calls on Mondays',
  ]);
  const { client } = await harness.json(
    ClientAnswer,
    ...['client', 'update', 'acme-corp', '--name', 'Acme', '--round-to', '1'],
  );
  expect(client).toMatchObject({ slug: 'acme', name: 'Acme', roundingMinutes: 1 });
  await harness.text('client', 'archive', 'Acme');
  expect((await harness.json(ClientList, 'client', 'list')).clients).toEqual([]);
  expect(await harness.text('client', 'list', '--all')).toContain('(archived)');
  expect(await harness.text('client', 'archive', 'Acme', '--restore')).toMatch(/^Restored client/);
});

test('a project and infrastructure are of a client, or of none', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  const spec = harness.with({ stdin: 'Dark mode\nfor all\n' });
  const { project } = await spec.json(
    ProjectAnswer,
    ...['project', 'add', 'Site', '--client', 'Acme', '--repository', 'example/site'],
    ...['--spec', '-'],
  );
  expect(project).toMatchObject({ client: 'acme', featureSpec: 'Dark mode\nfor all' });
  const { infrastructure } = await harness.json(
    InfrastructureAnswer,
    ...['infra', 'add', 'NAS 1', '--client', 'Acme', '--kind', 'nas'],
  );
  expect(infrastructure).toMatchObject({ slug: 'nas-1', client: 'acme', kind: 'nas' });
  const freed = await harness.json(
    InfrastructureAnswer,
    'infra',
    'update',
    'nas-1',
    '--client',
    '',
  );
  expect(freed.infrastructure.client).toBeNull();
});

test('a note and a spec cannot both be standard input: neither is changed', async () => {
  const harness = openCliHarness();
  await harness.text('project', 'add', 'Site', '--note', 'Calls', '--spec', 'Dark mode');
  const piped = harness.with({ stdin: 'From a pipe\n' });
  const error = await piped.error('project', 'update', 'site', '--note', '-', '--spec', '-');
  expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(error.message).toMatch(/only one flag can take standard input/);
  const { project } = await harness.json(ProjectAnswer, 'project', 'show', 'site');
  expect(project).toMatchObject({ note: 'Calls', featureSpec: 'Dark mode' });
});

test('a task says whom it is for, and shows it', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  await harness.text('project', 'add', 'Site', '--client', 'Acme');
  await harness.text('infra', 'add', 'NAS 1');
  await harness.text('infra', 'add', 'NAS 2');
  const { task } = await harness.json(
    TaskAnswer,
    ...['create', 'Fix WINS', '--project', 'Site', '--infra', 'nas-1,nas-2', '--billable'],
    ...['--billable-minutes', '45'],
  );
  expect(task).toMatchObject({ client: 'acme', infrastructure: ['nas-1', 'nas-2'] });
  const shown = await harness.text('show', task.key);
  expect(shown).toMatch(/^client {5}acme$/m);
  expect(shown).toMatch(/^project {4}site$/m);
  expect(shown).toMatch(/^infra {6}nas-1, nas-2$/m);
  expect(shown).toMatch(/^billable {3}yes, 45 min said by alice@one#session-a$/m);
  await harness.text('update', task.key, '--infra', '', '--not-billable');
  expect((await harness.show(task.key)).task).toMatchObject({
    infrastructure: [],
    billable: false,
  });
});

test.for<[string, readonly string[], string, number]>([
  ['an empty name', ['client', 'add', ' '], 'invalid_input', 2],
  ['a name without a letter', ['client', 'add', '!!!'], 'invalid_input', 2],
  ['a name that is taken', ['client', 'add', 'ACME'], 'conflict', 4],
  ['rounding to nothing', ['client', 'add', 'x', '--round-to', '0'], 'usage', 2],
  ['rounding backwards', ['client', 'add', 'x', '--round-to', '-5'], 'usage', 2],
  ['rounding down', ['client', 'add', 'x', '--rounding', 'down'], 'usage', 2],
  ['an unknown client', ['client', 'show', 'Initech'], 'not_found', 3],
  ['an update of nothing', ['client', 'update', 'Acme'], 'usage', 2],
  ['a task for nobody known', ['create', 'x', '--client', 'Initech'], 'not_found', 3],
  ['a task on nothing known', ['create', 'x', '--infra', 'nas-9'], 'not_found', 3],
  ['a plan for nobody known', ['plan', '# x\n- [ ] y', '--client', 'Initech'], 'not_found', 3],
  ['a task for a former client', ['create', 'x', '--client', 'Globex'], 'invalid_input', 2],
  ['both billable and not', ['create', 'x', '--billable', '--not-billable'], 'usage', 2],
  ['less than no minutes', ['create', 'x', '--billable-minutes', '-1'], 'usage', 2],
  ['a subtask’s own client', ['plan', '- y', '--parent', 'z', '--client', 'Acme'], 'usage', 2],
])('%s is refused, and nothing is written', async ([, argv, code, exitCode]) => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  await harness.text('client', 'add', 'Globex');
  await harness.text('client', 'archive', 'Globex');
  expect(await harness.error(...argv)).toMatchObject({ code, exitCode });
  expect((await harness.json(ClientList, 'client', 'list', '--all')).clients).toHaveLength(2);
  expect((await harness.json(TaskList, 'list', '--all')).total).toBe(0);
});

test('an unknown name tells what is near it', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme Corp');
  const { hint } = await harness.error('create', 'x', '--client', 'acme-crop');
  expect(hint).toContain('did you mean acme-corp?');
});

test('a rate is in the smallest unit of its currency, and can be taken away', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme', '--rate', '12050');
  expect(await harness.text('client', 'show', 'Acme')).toContain(
    '12050 an hour, of no currency: bills have no amounts',
  );
  await harness.text('client', 'update', 'Acme', '--currency', 'eur');
  expect(await harness.text('client', 'list')).toContain('(120.50 EUR an hour)');
  await harness.text('client', 'update', 'Acme', '--rate', '', '--currency', '');
  const { client } = await harness.json(ClientAnswer, 'client', 'show', 'Acme');
  expect(client).toMatchObject({ rate: null, currency: null });
  const wrong = await harness.run('client', 'update', 'Acme', '--currency', 'gold');
  expect(wrong.stderr).toContain('is no currency, as EUR is one');
});

test('a client shows what is open, with its holder, and counts what is closed', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme Corp');
  const create = async (title: string, ...flags: string[]) =>
    (await harness.json(TaskAnswer, 'create', title, '--client', 'acme-corp', ...flags)).task.key;
  const held = await create('Mend the NAS');
  const blocked = await create('Mend the mail');
  const urgent = await create('Mend the VPN', '--priority', '0');
  const done = await create('Mend the door');
  await harness.text('create', 'For nobody');
  await harness.text('claim', held);
  await harness.text('block', blocked, '--reason', 'no access');
  await harness.text('close', done, '--outcome', 'it shuts');
  const shown = await harness.text('client', 'show', 'Acme Corp');
  expect(shown.split('\n').slice(2)).toEqual([
    '',
    'Open (3)',
    `${held}  P2  [→] Mend the NAS  (you, now)`,
    `${blocked}  P2  [!] Mend the mail  (blocked: no access)`,
    `${urgent}  P0  [ ] Mend the VPN`,
    '',
    '1 completed',
    '  try: docket list --client acme-corp --status closed --sort updated',
  ]);
  const { client, ...tasks } = await harness.json(ClientDetail, 'client', 'show', 'acme-corp');
  expect(client.slug).toBe('acme-corp');
  expect(tasks).toMatchObject({ open: { total: 3 }, completed: 1, cancelled: 0 });
  const listed = await harness.json(TaskList, 'list', '--client', 'acme-corp');
  expect(tasks.open.tasks.map(({ key }) => key)).toEqual(listed.tasks.map(({ key }) => key));
});

test('a project shows the first of its tasks, and names the command that shows the rest', async () => {
  const harness = openCliHarness();
  await harness.text('project', 'add', 'Dashboard');
  const titles = Array.from({ length: 23 }, (_, number) => `- [ ] Step ${number + 1}`);
  const plan = ['# Dark mode', ...titles].join('\n');
  await harness.text('plan', '--project', 'dashboard', plan);
  const shown = await harness.text('project', 'show', 'dashboard');
  expect(shown).toContain('\nOpen (24)\n');
  expect(shown).toMatch(/ {2}P2 {2}\[ \] Step 1 {2}\(part of Dark mode\)\n/);
  expect(shown).toMatch(/\n\+4 more\n {2}try: docket list --project dashboard$/);
});

test('a command without a session shows a client with its tasks', async () => {
  const harness = openCliHarness().with({ env: { DOCKET_SESSION: 'terminal:alice@one#k3f9x2ab' } });
  await harness.text('client', 'add', 'Acme');
  const key = await harness.create('Fix WINS', '--client', 'Acme');
  expect(await harness.text('client', 'show', 'Acme')).toContain(key);
});

test('a client says that archived tasks are not counted, and how they are found', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  const key = await harness.create('Old', '--client', 'acme');
  await harness.text('close', key);
  const store = await openStore({ kind: 'sqlite', path: harness.database });
  await archiveTasks(scopeOf(store, workspace.id), { olderThan: -60_000, keep: 0 });
  await store.close();
  const lines = (await harness.text('client', 'show', 'acme')).split('\n');
  expect(lines.slice(-2)).toEqual([
    '+1 archived in the whole list, not counted here',
    '  try: docket search --deep --client acme TEXT',
  ]);
  expect(await harness.text('search', '--deep', '--client', 'acme', 'old')).toContain(key);
});
