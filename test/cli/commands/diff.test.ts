import { expect, test } from 'vitest';
import { DiffAnswer } from '../../../lib/model/answers/diff.ts';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

async function seqOf(harness: CliHarness): Promise<string> {
  const { events } = await harness.json(LogAnswer, 'log', '--limit', '1');
  return String(events[0]?.seq ?? 0);
}

test('what changed is told by what became of each task, which stands once', async () => {
  const harness = openCliHarness();
  const one = await harness.create('Wire it');
  const two = await harness.create('Test it', '--needs', one);
  const three = await harness.create('Paint it');
  const four = await harness.create('Call the vendor');
  const from = await seqOf(harness);
  const fresh = await harness.create('Look again');
  await harness.text('close', one, '--outcome', 'Wired');
  await harness.text('claim', three);
  await harness.text('update', three, '--priority', '0');
  await harness.text('block', four, 'on holiday');
  const to = await seqOf(harness);
  await harness.text('cancel', fresh);
  const text = await harness.text('diff', from, to);
  const lines = text.split('\n');
  expect(lines[0]).toMatch(/^From .* to .*, events \d+ to \d+$/);
  expect(lines.slice(1)).toEqual([
    '',
    'Completed (1)',
    `${one}  P2  [✓] Wire it  (outcome Wired)`,
    '',
    'New (1)',
    `${fresh}  P2  [ ] Look again`,
    '',
    'Blocked (1)',
    expect.stringContaining('blocked: on holiday'),
    '',
    'Claimed (1)',
    `${three}  P0  [→] Paint it  (priority 2 -> 0; you, now)`,
    '',
    'Ready now (1)',
    `${two}  P2  [ ] Test it`,
  ]);
  const diff = await harness.json(DiffAnswer, 'diff', from, to);
  expect(diff.counts).toEqual({ completed: 1, new: 1, blocked: 1, claimed: 1, ready: 1 });
  expect(diff.tasks.find(({ kind }) => kind === 'new')?.before).toBeNull();
  const { stderr } = await harness.run('diff', from, to, '--limit', '2');
  expect(stderr).toBe(`+3 more\n  try: docket diff ${from} ${to} --limit 5\n`);
});

test('where nothing changed that is said, and moments in the wrong order are refused', async () => {
  const harness = openCliHarness();
  await harness.create('Wire it');
  expect(await harness.text('diff', 'now')).toMatch(/^From .*\nNothing changed\.$/);
  expect(await harness.text('diff', 'today')).toContain('New (1)');
  expect(await harness.text('diff', '0')).toMatch(/^From the beginning to 2.*, events 1 to 1\n/);
  expect(await harness.error('diff', '1', '0')).toMatchObject({ code: 'invalid_input' });
  expect(await harness.error('diff', 'soon')).toMatchObject({ code: 'invalid_input' });
});

test('a task that was moved names the key that it had, and its container follows', async () => {
  const harness = openCliHarness();
  const parent = await harness.create('Whole');
  const key = await harness.create('Part');
  const from = await seqOf(harness);
  await harness.text('update', key, '--parent', parent);
  const text = await harness.text('diff', from);
  expect(text).toContain(`Moved (1)\n${parent}.1  P2  [ ] Part  (was ${key}; part of Whole)`);
});
