import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExportAnswer } from '../../../../lib/model/answers/moving.ts';
import { openCliHarness } from '../../cli-harness.ts';

test('tasks are written for bd, as a table and as a checklist', async () => {
  const harness = openCliHarness();
  const key = await harness.create('First', '--description', 'What\nit is');
  const second = await harness.create('=Second', '--needs', key, '--type', 'bugfix');
  const part = await harness.create('Part', '--parent', key);
  await harness.text('note', second, 'a note');
  await harness.text('claim', part);
  const issues = (await harness.text('export', '--format', 'bd'))
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(issues).toEqual([
    expect.objectContaining({ _type: 'issue', id: key, status: 'in_progress' }),
    expect.objectContaining({
      id: part,
      status: 'in_progress',
      assignee: 'alice@one',
      dependencies: [expect.objectContaining({ depends_on_id: key, type: 'parent-child' })],
    }),
    expect.objectContaining({
      id: second,
      issue_type: 'bug',
      dependencies: [expect.objectContaining({ depends_on_id: key, type: 'blocks' })],
      comments: [expect.objectContaining({ text: 'a note', author: 'alice@one' })],
    }),
  ]);
  const file = join(harness.home, 'tasks.csv');
  const { counts } = await harness.json(ExportAnswer, 'export', file, '--format', 'csv');
  expect(counts).toEqual({ tasks: 3 });
  const [head, ...rows] = readFileSync(file, 'utf8').split('\r\n');
  expect(head).toMatch(/^key,title,status,/);
  expect(rows[0]).toContain('"What\nit is"');
  expect(rows[2]).toContain(`${second},'=Second,pending,bugfix,2,,${key},`);
  expect(await harness.text('export', '--format', 'markdown')).toBe(
    '- [ ] First\n  > What\n  > it is\n  - [ ] Part\n- [ ] =Second',
  );
});

test('a terminal gets no sign that it would obey, and a pipe every one', async () => {
  const harness = openCliHarness();
  await harness.create('Red \u009b31m');
  const printed: string[] = [];
  const shown = harness.with({ style: { width: 80, height: 24, colour: true } });
  printed.push(await shown.text('export', '--format', 'markdown'));
  expect(printed.join('')).not.toContain('\u009b');
});
