import { expect, test } from 'vitest';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('the history names who did what, newest first', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_AGENT: 'review' } });
  await bob.text('update', key, '--title', 'Better');
  const lines = (await harness.text('log')).split('\n');
  expect(lines[0]).toMatch(
    /^just now {2}bob@two#session-a\/review {2}updated web-\w+ Better {2}title: Better$/,
  );
  expect(lines[1]).toMatch(
    /^just now {2}alice@one#session-a {7}created web-\w+ Better {2}title: Task$/,
  );
});

test('the history of one task leaves the others out, and --limit cuts it', async () => {
  const harness = openCliHarness();
  const one = await harness.create('One');
  await harness.create('Two');
  await harness.text('note', one, 'text');
  const { events } = await harness.json(LogAnswer, 'log', one);
  expect(events.map(({ verb, task }) => [verb, task])).toEqual([
    ['noted', one],
    ['created', one],
  ]);
  expect((await harness.json(LogAnswer, 'log', '--limit', '1')).events).toHaveLength(1);
});

test('an empty history says so', async () => {
  expect(await openCliHarness().text('log')).toBe(
    'Nothing has happened yet.\n  try: docket create TITLE',
  );
});

test('a plan is told with titles, and what is cut off is said', async () => {
  const harness = openCliHarness();
  await harness.text('plan', '# Ship\n- [ ] Write\n- [ ] Test');
  const { stdout, stderr } = await harness.run('log', '--limit', '1');
  expect(stdout).toMatch(/linked web-\w+\.2 Test \(part of Ship\) {2}needs web-\w+\.1 Write\n$/);
  expect(stderr).toBe('+3 more\n  try: docket log --limit 4\n');
});
