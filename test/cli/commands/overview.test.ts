import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OverviewAnswer } from '../../../lib/model/answers/overview.ts';
import { openCliHarness } from '../cli-harness.ts';

test('docket alone shows who does what and what is next, with colleagues and what was done', async () => {
  const harness = openCliHarness();
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob', DOCKET_SESSION: 'f4631b00-aaaa' } });
  await harness.text('plan', '# API authentication\n- [ ] Design\n- [ ] Write\n- [ ] Review');
  const [done, step] = (await harness.json(OverviewAnswer, 'overview')).ready.tasks;
  await bob.text('close', done?.key ?? '', '--outcome', 'two tables');
  const mine = await harness.create('Fix the login');
  await harness.text('claim', mine);
  const next = (await harness.json(OverviewAnswer, 'overview')).ready.tasks[0]?.key ?? '';
  await bob.text('claim', next);
  const text = await harness.text();
  expect(step).toBeUndefined();
  expect(text.split('\n')).toEqual([
    expect.stringMatching(/^docket web, docket\.db on this machine, \d\d:\d\d$/),
    ...['', 'Yours (1)', `${mine}  P2  [→] Fix the login  (you, now)`],
    ...['', 'Others (1)', `${next}  P2  [→] Write  (bob#f463, now; part of API authentication)`],
    ...['', 'Plans (1)'],
    `${next.replace('.2', '')}  P2  [→] API authentication  ####......  1 of 3`,
    ...['', 'Finished today (1)'],
    `${done?.key}  P2  [✓] Design  (bob#f463, just now; two tables)`,
    ...['', '1 waits for others: docket list', '  try: docket list, docket --help'],
  ]);
  expect(await harness.text('overview')).toBe(text);
});

test('its JSON says what the text does', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const answer = await harness.json(OverviewAnswer);
  expect(answer).toMatchObject({
    workspace: 'web',
    database: `sqlite:${harness.database}`,
    ready: { total: 1, tasks: [{ key }] },
  });
  expect(await harness.json(OverviewAnswer, 'overview')).toMatchObject({ ready: answer.ready });
});

test('an empty list and a folder without one say how to begin, and where help is', async () => {
  const harness = openCliHarness();
  expect(await harness.text()).toMatch(
    /Nothing is open\.\n\n {2}try: docket create .*docket --help$/,
  );
  const other = join(harness.home, 'other');
  mkdirSync(join(other, '.git'), { recursive: true });
  const { code, hint, exitCode } = await harness.with({ cwd: other }).error();
  expect({ code, exitCode }).toEqual({ code: 'not_initialised', exitCode: 1 });
  expect(hint).toBe('docket init makes a list here; docket --help lists the commands');
});

test('a database that is away is an error as for every command', async () => {
  const away = ['overview', '--database', 'sqlite:/dev/null/x.db'];
  const { code, exitCode, hint } = await openCliHarness().error(...away);
  expect({ code, exitCode }).toEqual({ code: 'unreachable', exitCode: 69 });
  expect(hint).toBeDefined();
});
