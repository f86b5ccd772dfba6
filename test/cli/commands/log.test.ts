import { expect, test } from 'vitest';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('the history names who did what, newest first', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const bob = desk.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_AGENT: 'review' } });
  await bob.text('update', key, '--title', 'Better');
  const lines = (await desk.text('log')).split('\n');
  expect(lines[0]).toMatch(/Z {2}bob@two#sess\/review {2}updated web-\w+ {2}title: Better$/);
  expect(lines[1]).toMatch(/Z {2}alice@one#sess {7}created web-\w+ {2}title: Task$/);
});

test('the history of one task leaves the others out, and --limit cuts it', async () => {
  const desk = openDesk();
  const one = await desk.create('One');
  await desk.create('Two');
  await desk.text('note', one, 'text');
  const { events } = await desk.json(LogAnswer, 'log', one);
  expect(events.map(({ verb, task }) => [verb, task])).toEqual([
    ['noted', one],
    ['created', one],
  ]);
  expect((await desk.json(LogAnswer, 'log', '--limit', '1')).events).toHaveLength(1);
});

test('an empty history says so', async () => {
  expect(await openDesk().text('log')).toBe('Nothing has happened yet.');
});
