import { expect, test } from 'vitest';
import { TaskList } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('only what can be started is ready, most urgent first', async () => {
  const desk = openDesk();
  const normal = await desk.create('Normal');
  const urgent = await desk.create('Urgent', '--priority', '0');
  await desk.create('Waiting', '--needs', normal);
  await desk.text('claim', await desk.create('Claimed'));
  await desk.text('plan', '# Container\n- [ ] step');
  const { tasks, total } = await desk.json(TaskList, 'ready');
  expect(tasks.map(({ title }) => title)).toEqual(['Urgent', 'Normal', 'step']);
  expect(tasks.every(({ ready }) => ready)).toBe(true);
  expect(total).toBe(3);
  expect(await desk.text('ready', '--limit', '2')).toBe(
    `${urgent}  P0  [ ] Urgent\n${normal}  P2  [ ] Normal\n+1 more: docket ready --limit 3`,
  );
});

test('with nothing ready it says where to look', async () => {
  expect(await openDesk().text('ready')).toContain('docket list');
});
