import { expect, test } from 'vitest';
import { TaskList } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('only what can be started is ready, most urgent first', async () => {
  const harness = openCliHarness();
  const normal = await harness.create('Normal');
  const urgent = await harness.create('Urgent', '--priority', '0');
  await harness.create('Waiting', '--needs', normal);
  await harness.text('claim', await harness.create('Claimed'));
  await harness.text('plan', '# Container\n- [ ] step');
  const { tasks, total } = await harness.json(TaskList, 'ready');
  expect(tasks.map(({ title }) => title)).toEqual(['Urgent', 'Normal', 'step']);
  expect(tasks.every(({ ready }) => ready)).toBe(true);
  expect(total).toBe(3);
  expect(await harness.run('ready', '--limit', '2')).toMatchObject({
    stdout: `${urgent}  P0  [ ] Urgent\n${normal}  P2  [ ] Normal\n`,
    stderr: '+1 more\n  try: docket ready --limit 3\n',
  });
});

test('with nothing ready it says where to look', async () => {
  expect(await openCliHarness().text('ready')).toContain('docket list');
});
