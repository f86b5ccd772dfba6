import { expect, test } from 'vitest';
import { ChecklistAnswer } from '../../../lib/model/output.ts';
import { openDesk } from '../desk.ts';

test('subtasks are shown as a Markdown checklist, with what is below them', async () => {
  const desk = openDesk();
  const key = await desk.create('Big');
  const titles = ['Analyze', 'Generate', 'Review', 'Deploy', 'Announce'];
  const keys = [];
  for (const title of titles) keys.push(await desk.create(title, '--parent', key));
  const [analyze = '', generate = '', review = '', deploy = '', announce = ''] = keys;
  await desk.text('close', analyze);
  await desk.text('claim', generate, '--agent', 'Coding Agent');
  const check = await desk.create('Check', '--parent', review);
  await desk.text('claim', check);
  await desk.text('block', deploy, 'no access yet');
  await desk.text('cancel', announce);
  expect(await desk.text('checklist', key)).toBe(
    [
      '## Progress',
      '- [✓] Analyze (completed)',
      '- [→] Generate (in progress - Coding Agent)',
      '- [→] Review (in progress)',
      '  - [→] Check (in progress - alice@one)',
      '- [!] Deploy (blocked: no access yet)',
      '- [-] Announce (cancelled)',
    ].join('\n'),
  );
  const data = await desk.json(ChecklistAnswer, 'checklist', key);
  expect(data.task.key).toBe(key);
  expect(data.subtasks.map(({ title }) => title)).toEqual([
    ...['Analyze', 'Generate', 'Review', 'Check', 'Deploy', 'Announce'],
  ]);
});

test('a task without subtasks stands for itself', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  expect(await desk.text('checklist', key)).toBe('## Progress\n- [ ] Task');
});
