import { expect, test } from 'vitest';
import { InsightAnswer, InsightList } from '../../../lib/model/answers/insight.ts';
import { ClientAnswer } from '../../../lib/model/answers/registry.ts';
import { WorkItemAnswer, WorkItemList } from '../../../lib/model/answers/work-item.ts';
import { BillAnswer } from '../../../lib/model/billing/bill.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

/** A harness with a client whose task was done and billed; the task's key. */
async function harnessWithWork(): Promise<{ harness: CliHarness; key: string }> {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme', '--round-to', '15');
  const key = await harness.create(
    'Fix WINS',
    '--client',
    'Acme',
    '--billable',
    '--type',
    'bugfix',
  );
  return { harness, key };
}

test('closing says what is billed, and the work item can be seen and changed', async () => {
  const { harness, key } = await harnessWithWork();
  const closed = await harness.text(
    'close',
    key,
    '--outcome',
    'Restarted',
    '--billable-minutes',
    '40',
  );
  expect(closed.split('\n')).toEqual([
    `Completed ${key}  P2  Fix WINS`,
    `Work item ${key}: 45 min (said by alice@one#session-a) to acme, troubleshooting`,
  ]);
  expect(await harness.text('show', key)).toMatch(/^billed {5}45 min to acme, troubleshooting$/m);
  const shown = await harness.text('work-item', 'show', key);
  expect(shown).toMatch(/^billed {5}45 min$/m);
  expect(shown).toMatch(/^minutes {4}40 min said by alice@one#session-a$/m);
  expect(shown).toContain('Problem\n  | Fix WINS');
  expect(shown).toContain('Solution\n  | Restarted');
  expect(await harness.text('work-item', 'update', key, '--minutes', '50')).toBe(
    `Updated ${key}: 60 min (said by alice@one#session-a) to acme, troubleshooting`,
  );
  const list = await harness.json(WorkItemList, 'work-item', 'list', '--client', 'acme');
  expect(list).toMatchObject({ total: 1, workItems: [{ task: key, billableMinutes: 60 }] });
  expect(await harness.text('work-item', 'list')).toMatch(
    new RegExp(
      `^\\d{4}-\\d\\d-\\d\\d {2}${key} {2}60 min {2}acme {2}troubleshooting {2}Fix WINS {2}\\(said by alice@one#session-a\\)$`,
    ),
  );
  expect(await harness.text('checklist', key, '--summary')).toMatch(
    /^- Total time: .* \(billable: 1 h\)$/m,
  );
  await harness.text('work-item', 'archive', key);
  expect((await harness.json(WorkItemList, 'work-item', 'list')).total).toBe(0);
  const again = await harness.json(WorkItemAnswer, 'work-item', 'add', key);
  expect(again.workItem).toMatchObject({ task: key, archivedAt: null });
});

test('time that was worked is suggested, and can be overruled', async () => {
  const { harness, key } = await harnessWithWork();
  await harness.text('claim', key);
  const closed = await harness.text('close', key);
  // A run that took any time at all begins the first quarter of an hour.
  expect(closed).toMatch(new RegExp(`^Work item ${key}: (0|15) min to acme`, 'm'));
  expect(await harness.show(key)).toMatchObject({ workItem: { task: key } });
  const changed = await harness.text('update', key, '--billable-minutes', '20');
  expect(changed).toContain(`Work item ${key}: 30 min (said by alice@one#session-a) to acme`);
});

test('billing adds up, in every format', async () => {
  const { harness, key } = await harnessWithWork();
  await harness.text('close', key, '--billable-minutes', '40');
  const bill = await harness.json(BillAnswer, 'billing', '--client', 'Acme');
  expect(bill).toMatchObject({
    client: 'acme',
    minutes: 45,
    clientName: 'Acme',
    totals: [{ client: 'acme', clientName: 'Acme', project: null, items: 1, minutes: 45 }],
  });
  expect(await harness.text('billing')).toMatch(/^Total {6}1 {7}45 {2}45 min$/m);
  const csv = await harness.text('billing', '--format', 'csv');
  expect(csv.split('\n')[1]).toBe(
    `${bill.to},${key},acme,Acme,,,troubleshooting,Fix WINS,,,,45,UTC,,,,,,said by alice@one#session-a`,
  );
  expect(await harness.text('billing', '--format', 'markdown')).toContain('| **Total** | 1 | 45 |');
  const printed = await harness.text('billing', '--format', 'json', '--client', 'acme');
  expect(JSON.parse(printed)).toEqual({ schemaVersion: 1, data: bill });
});

test('a fact is kept for the next one, by hand or from a report', async () => {
  const { harness, key } = await harnessWithWork();
  const { insight } = await harness.json(
    InsightAnswer,
    ...['insight', 'add', 'Calls on Mondays', '--client', 'Acme'],
  );
  await harness.text('claim', key);
  const report = { status: 'blocked', blockers: ['No password'] };
  await harness.text('report', key, JSON.stringify(report));
  const told = await harness.json(InsightList, 'insight', 'list', '--task', key);
  expect(told.insights.map(({ text }) => text)).toEqual(['No password', 'Calls on Mondays']);
  expect(await harness.run('insight', 'list', '--client', 'acme', '--limit', '1')).toMatchObject({
    stdout: expect.stringMatching(/No password\n$/),
    stderr: '+1 more\n  try: docket insight list --client acme --limit 2\n',
  });
  await harness.text('insight', 'update', insight.id, 'Calls on Tuesdays');
  await harness.text('insight', 'archive', insight.id);
  const shown = await harness.text('insight', 'show', insight.id);
  expect(shown).toContain('about the client acme');
  expect(shown).toContain('  | Calls on Tuesdays');
  expect((await harness.json(InsightList, 'insight', 'list')).total).toBe(1);
});

test.for<[string, readonly string[], string, number]>([
  ['an unknown client', ['billing', '--client', 'Initech'], 'not_found', 3],
  ['no day', ['billing', '--from', 'yesterday'], 'invalid_input', 2],
  ['a day that there is not', ['billing', '--to', '2026-02-30'], 'invalid_input', 2],
  [
    'the wrong order',
    ['billing', '--from', '2026-02-02', '--to', '2026-02-01'],
    'invalid_input',
    2,
  ],
  ['an unknown format', ['billing', '--format', 'pdf'], 'usage', 2],
  ['negative minutes', ['work-item', 'update', 'web-a', '--minutes', '-1'], 'usage', 2],
  ['a fact about nobody', ['insight', 'add', 'x'], 'usage', 2],
  ['a fact about two', ['insight', 'add', 'x', '--client', 'a', '--infra', 'b'], 'usage', 2],
  ['an empty fact', ['insight', 'add', ' ', '--client', 'Acme'], 'usage', 2],
  ['an unknown fact', ['insight', 'show', 'abcd1234'], 'not_found', 3],
])('%s is refused', async ([, argv, code, exitCode]) => {
  const { harness } = await harnessWithWork();
  expect(await harness.error(...argv)).toMatchObject({ code, exitCode });
});

test('a client’s time zone is set, named by the bill, and taken away again', async () => {
  const { harness } = await harnessWithWork();
  const set = await harness.json(
    ClientAnswer,
    'client',
    'update',
    'Acme',
    '--time-zone',
    'america/phoenix',
  );
  expect(set.client.timeZone).toBe('America/Phoenix');
  expect(await harness.text('client', 'list')).toContain('days of America/Phoenix');
  expect(await harness.text('billing', '--client', 'acme')).toContain('(America/Phoenix)');
  expect(await harness.text('billing')).toContain('(UTC)');
  const there = harness.with({ env: { TZ: 'Asia/Tokyo' } });
  expect(await there.text('billing')).toContain('(Asia/Tokyo)');
  expect(await there.text('billing', '--time-zone', 'Europe/Berlin')).toContain('(Europe/Berlin)');
  const wrong = await harness.error('client', 'update', 'Acme', '--time-zone', 'Phoenix');
  expect(wrong).toMatchObject({ exitCode: 2, message: expect.stringContaining('no time zone') });
  expect((await harness.error('billing', '--time-zone', '+05:00')).exitCode).toBe(2);
  await harness.text('client', 'update', 'Acme', '--time-zone', '');
  expect(await harness.text('billing', '--client', 'acme')).toContain('(UTC)');
});

test('work without a task is billed, invoiced, and corrected by a line of its own', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme', '--rate', '6000', '--currency', 'EUR');
  const work = ['--client', 'Acme', '--minutes', '45', '--problem', 'Printer offline'];
  const { workItem } = await harness.json(WorkItemAnswer, 'work-item', 'add', ...work);
  expect(workItem).toMatchObject({ client: 'acme', billableMinutes: 45 });
  const { task } = workItem;
  const invoice = await harness.text('work-item', 'invoice', '--client', 'Acme');
  expect(invoice).toMatch(
    /^Invoiced:\nAcme, .*\n[\s\S]*Printer offline +45 +said by alice@one#session-a +45\.00 EUR$/m,
  );
  expect(await harness.text('work-item', 'invoice')).toMatch(
    /^[^\n]+\nThere is nothing to invoice\.$/,
  );
  expect(await harness.text('work-item', 'update', task, '--minutes', '30')).toBe(
    `Updated ${task}: 30 min (said by alice@one#session-a) to acme, development (45 min were invoiced; the next bill corrects it by -15 min)`,
  );
  const bill = await harness.text('billing', '--client', 'Acme');
  expect(bill).toMatch(/Printer offline +45 +said by \S+ +45\.00 EUR +\d{4}-\d\d-\d\d$/m);
  expect(bill).toMatch(/Correction: Printer offline +-15 +-15\.00 EUR *$/m);
  const csv = await harness.text('billing', '--format', 'csv');
  expect(csv).toMatch(/,-15,UTC,60\.00,-15\.00,EUR,yes,,$/m);
  const bare = await harness.run('work-item', 'add', '--client', 'Acme');
  expect(bare.stderr).toContain('work without a task needs a client, minutes and a problem');
  const both = await harness.run('work-item', 'add', task, '--day', '2026-01-01');
  expect(both.stderr).toContain('a task has the day of its completion');
});
