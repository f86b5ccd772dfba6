import { expect, test } from 'vitest';
import { SearchAnswer } from '../../../lib/model/answers/search.ts';
import { openDesk } from '../desk.ts';

test('one line a match, newest first, with what is left out and how to see it', async () => {
  const desk = openDesk();
  const first = await desk.create("Mend Bob's import");
  const second = await desk.create('Import of invoices', '--type', 'bugfix');
  await desk.create('Something else');
  expect((await desk.text('search', 'IMPORT')).split('\n')).toEqual([
    `${second}  P2  [ ] Import of invoices`,
    `${first}  P2  [ ] Mend Bob's import`,
  ]);
  const cut = await desk.text('search', 'import', '--limit', '1', '--status', 'open');
  expect(cut).toContain("\n+1 more: docket search 'import' --status open --limit 2");
  expect(await desk.text('search', "bob's", 'import')).toContain(first);
  expect(await desk.text('search', 'import', '--type', 'bugfix')).not.toContain(first);
});

test('the document has the matches and how far it looked', async () => {
  const desk = openDesk();
  const key = await desk.create('Find me');
  await desk.text('note', key, 'a note about 100%');
  const answer = await desk.json(SearchAnswer, 'search', '100%');
  expect(answer).toMatchObject({ total: 1, lookedAt: 1, isCut: false });
  expect(answer.tasks.map((task) => task.key)).toEqual([key]);
});

test('without a match it says so', async () => {
  expect(await openDesk().text('search', 'nothing')).toBe('No task has all of these words.');
});

test.for([
  [['search'], 'usage'],
  [['search', '  '], 'invalid_input'],
  [['search', 'x', '--type', 'nonsense'], 'usage'],
  [['search', 'x', '--status', 'done'], 'usage'],
  [['search', 'x', '--limit', '0'], 'usage'],
] as const)('docket %s is refused', async ([argv, code]) => {
  expect(await openDesk().error(...argv)).toMatchObject({ code });
});
