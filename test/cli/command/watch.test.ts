import { beforeAll, expect, test } from 'vitest';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';
import { buildCommand, runAsBob, startAtTerminal } from './pseudo-terminal.ts';

let docket = '';

beforeAll(async () => {
  const [path, remove] = await buildCommand();
  docket = path;
  return remove;
});

test('docket --watch shows what others change, and q leaves the last picture', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Fix the login');
  const terminal = startAtTerminal(docket, harness, '--watch');
  await terminal.shows(/Ready \(1\)[\s\S]*watching for changes; q ends it/);
  await runAsBob(docket, harness, 'claim', key);
  await terminal.shows(`${key}  P2  [→] Fix the login  (bob#f463, now)`);
  await runAsBob(docket, harness, 'close', key, '--outcome', 'it was the cookie');
  const shown = await terminal.shows('it was the cookie');
  expect(shown.filter((line) => line.startsWith('docket web'))).toHaveLength(1);
  terminal.type('q');
  const left = await terminal.end();
  expect(left).toEqual([
    '$ docket',
    expect.stringMatching(/^docket web, docket\.db on this machine, \d\d:\d\d$/),
    ...['', 'Finished today (1)'],
    expect.stringMatching(new RegExp(`^${key} .*\\(bob#f463, just now; it was the cookie\\)$`)),
    ...['', "  try: docket create 'TITLE', docket plan --help, docket --help"],
    ...['exit 0', ''],
  ]);
});

test('docket checklist --watch follows a plan, fits a terminal that changes, and ends with Ctrl-C', async () => {
  const harness = openCliHarness();
  const steps = Array.from({ length: 12 }, (_, index) => `- [ ] Step ${index + 1}`);
  const plan = ['# API authentication', ...steps].join('\n');
  const root = (await harness.json(PlanAnswer, 'plan', plan)).task.key;
  const terminal = startAtTerminal(docket, harness, `checklist ${root} --watch`);
  await terminal.shows('Step 12');
  await runAsBob(docket, harness, 'claim', `${root}.1`);
  await terminal.shows(/\[→\] Step 1\b/);
  await terminal.resize(40, 8);
  const low = await terminal.shows(/\+\d+ more lines: without --watch/);
  expect(low.filter((line) => line !== '' && !line.startsWith('$')).length).toBeLessThan(8);
  await runAsBob(docket, harness, 'close', `${root}.1`, '--outcome', 'done');
  await terminal.resize(80, 30);
  await terminal.shows(/\[✓\] Step 1\b[\s\S]*Step 12/);
  terminal.type('\u0003');
  const left = await terminal.end();
  expect(left.slice(-2)).toEqual(['exit 0', '']);
  expect(left.filter((line) => line.includes('Step 12'))).toHaveLength(1);
});

test('docket list --watch follows the tasks that its flags choose', async () => {
  const harness = openCliHarness();
  const [mine, other] = [await harness.create('Mine'), await harness.create('Other')];
  await harness.text('claim', mine);
  const terminal = startAtTerminal(docket, harness, 'list --mine --watch');
  const first = await terminal.shows(/Mine[\s\S]*watching for changes/);
  expect(first.join('\n')).not.toContain('Other');
  await runAsBob(docket, harness, 'note', mine, 'halfway');
  await runAsBob(docket, harness, 'update', mine, '--title', 'Mine, with another title');
  const then = await terminal.shows('with another title');
  expect(then.join('\n')).not.toContain(other);
  terminal.type('q');
  expect((await terminal.end()).slice(-2)).toEqual(['exit 0', '']);
});

test.each([
  [['list', '--watch', '--cached'], 'it goes without --cached', 'docket list --cached'],
  [['--watch'], '--watch needs a terminal to paint', 'docket overview shows it once'],
  [['checklist', 'web-x', '--watch'], '--watch needs a terminal', 'docket checklist shows it once'],
  [['overview', '--watch', '--json'], 'it goes without --json', 'docket overview --json'],
])('docket %j elsewhere says what to do instead', async (argv, message, hint) => {
  const { exitCode, stdout, stderr } = await openCliHarness().run(...argv);
  const told = stdout === '' ? stderr : stdout;
  expect(exitCode).toBe(2);
  expect(told).toContain(message);
  expect(told).toContain(hint);
});
