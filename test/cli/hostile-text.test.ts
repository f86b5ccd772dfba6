import { expect, test } from 'vitest';
import { type CliHarness, openCliHarness } from './cli-harness.ts';

// Every way that text could move the cursor, forge a line, hide, or reverse what follows.
const hostile = [
  'red \u001b[31m, title \u001b]0;x\u0007, C1 \u009b31m',
  'delete \u007f\u0008\u0008, bidi \u202e\u2066, hidden \u200b\ufeff\u{e0041}',
  'line \u2028 line \u2029 line \u0085 line',
].join(' ');
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/u;

const views = [[], ['--plan'], ['--detailed'], ['--summary'], ['--ascii']];

async function fill(harness: CliHarness): Promise<string> {
  // Who acts is refused with control characters; what only hides or reverses text is not.
  const shown = hostile.replace(/\p{Cc}/gu, '');
  const env = { DOCKET_ACTOR: `mallory ${shown}`.slice(0, 200), DOCKET_AGENT: shown };
  const mallory = harness.with({ env: { ...env, DOCKET_SESSION: 'session-m' } });
  const key = await mallory.create(
    hostile,
    ...[
      '--description',
      `${hostile}\nCreated web-fake  P0  forged`,
      '--agent',
      hostile.slice(0, 90),
    ],
    ...['--context', JSON.stringify({ [hostile]: hostile })],
  );
  // A list of names is separated by commas.
  const machine = `i ${hostile.replaceAll(',', '')}`;
  await mallory.text('client', 'add', `c ${hostile}`, '--note', hostile);
  await mallory.text('infra', 'add', machine, '--kind', hostile.slice(0, 90));
  await mallory.text('insight', 'add', hostile, '--client', `c ${hostile}`);
  const work = await mallory.create(
    hostile,
    ...['--client', `c ${hostile}`, '--infra', machine, '--billable'],
    ...['--context', JSON.stringify({ problem: hostile, category: hostile.slice(0, 60) })],
  );
  await mallory.text('close', work, '--outcome', hostile);
  await mallory.text('claim', key);
  await mallory.text('note', key, `${hostile}\nweb-fake  P0  [ ] forged`);
  await mallory.text('block', key, hostile);
  return key;
}

test('no command prints what a terminal would obey', async () => {
  const harness = openCliHarness();
  const key = await fill(harness);
  const commands = [
    ['list'],
    ['show', key],
    ...views.map((view) => ['checklist', key, ...view]),
    ['log'],
    ['log', key],
    ['history', key, '--all'],
    ['at', 'now', 'list', '--all'],
    ['diff', '0'],
    ['search', 'title'],
    ['search', 'title', '--limit', '1'],
    ['search', hostile],
    ['client', 'list'],
    ['client', 'show', `c ${hostile}`],
    ['client', 'show', hostile],
    ['infra', 'list'],
    ['insight', 'list'],
    ['work-item', 'list'],
    ['billing'],
    ['billing', '--format', 'csv'],
    ['billing', '--format', 'markdown'],
    ['overview'],
    ['recap'],
    ['who'],
    ['stats'],
    ['stats', '--agent', hostile],
    ['claim', key],
    ['release', key],
    ['close', key, '--outcome', hostile, '--force'],
    ['list', '--all'],
    ['show', key],
    ['show', hostile],
    [hostile],
    ['list', `--${hostile}`],
    ['list', '--status', hostile],
    ['create', '--database', hostile, 'x'],
  ];
  for (const argv of commands) {
    const { stdout, stderr } = await harness.run(...argv);
    expect(stdout + stderr).not.toMatch(unsafe);
    const asJson = await harness.run(...argv, '--json');
    expect(asJson.stdout + asJson.stderr).not.toMatch(unsafe);
  }
});

test('no text can pass for a line of docket itself', async () => {
  const harness = openCliHarness();
  const key = await fill(harness);
  const checklists = views.map((view) => ['checklist', key, ...view]);
  for (const argv of [
    ['list'],
    ['show', key],
    ['log'],
    ['history', key],
    ['diff', '0'],
    ['search', 'title'],
    ['overview'],
    ['recap'],
    ['who'],
    ['stats'],
    ['stats', '--agent', hostile],
    ...checklists,
  ]) {
    const { stdout } = await harness.run(...argv);
    expect(stdout).not.toMatch(/^(Created|web-fake)/m);
  }
  expect(await harness.text('show', key)).toContain('  | web-fake  P0  [ ] forged');
});

test('JSON gives back every character of what was written', async () => {
  const harness = openCliHarness();
  const key = await fill(harness);
  const { task, notes } = await harness.show(key);
  expect(task.title).toBe(hostile.trim());
  expect(task.context).toEqual({ [hostile]: hostile, blockers_encountered: [hostile.trim()] });
  expect(notes[0]?.text).toContain(hostile);
});
