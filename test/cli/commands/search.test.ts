import { expect, test } from 'vitest';
import { SearchAnswer } from '../../../lib/model/answers/search.ts';
import { openCliHarness } from '../cli-harness.ts';

test('one line a match, newest first, with what is left out and how to see it', async () => {
  const harness = openCliHarness();
  const first = await harness.create("Mend Bob's import");
  const second = await harness.create('Import of invoices', '--type', 'bugfix');
  await harness.create('Something else');
  expect((await harness.text('search', 'IMPORT')).split('\n')).toEqual([
    `${second}  P2  [ ] Import of invoices  (bugfix)`,
    `${first}  P2  [ ] Mend Bob's import`,
  ]);
  const cut = await harness.run('search', 'import', '--limit', '1', '--status', 'open');
  expect(cut.stderr).toBe("+1 more\n  try: docket search 'import' --status open --limit 2\n");
  expect(await harness.text('search', "bob's", 'import')).toContain(first);
  expect(await harness.text('search', 'import', '--type', 'bugfix')).not.toContain(first);
});

test('the document has the matches and how far it looked', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Find me');
  await harness.text('note', key, 'a note about 100%');
  const answer = await harness.json(SearchAnswer, 'search', '100%');
  expect(answer).toMatchObject({ total: 1, lookedAt: 1, isCut: false });
  expect(answer.tasks.map((task) => task.key)).toEqual([key]);
});

test('without a match it says so', async () => {
  expect(await openCliHarness().text('search', 'nothing')).toBe('No task has all of these words.');
});

test.for([
  [['search'], 'usage'],
  [['search', '  '], 'invalid_input'],
  [['search', 'x', '--type', 'nonsense'], 'usage'],
  [['search', 'x', '--status', 'done'], 'usage'],
  [['search', 'x', '--limit', '0'], 'usage'],
] as const)('docket %s is refused', async ([argv, code]) => {
  expect(await openCliHarness().error(...argv)).toMatchObject({ code });
});

test('a client, a project and an agent narrow a search, and the hint keeps them', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  for (const number of [1, 2]) await harness.text('create', `Mend ${number}`, '--client', 'acme');
  await harness.text('create', 'Mend 3', '--agent', 'Coding Agent');
  const found = await harness.run('search', 'mend', '--client', 'Acme', '--limit', '1');
  expect(found.stdout).toMatch(/Mend 2 {2}\(client acme\)\n$/);
  expect(found.stderr).toBe("+1 more\n  try: docket search 'mend' --client Acme --limit 2\n");
  expect(await harness.text('search', 'mend', '--agent', 'coding agent')).toContain('Mend 3');
  const none = await harness.text('search', 'mend', '--client', '', '--project', '');
  expect(none).toMatch(/Mend 3/);
  expect(none).not.toMatch(/Mend 1/);
});
