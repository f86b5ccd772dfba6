import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('the first task needs the second', async () => {
  const harness = openCliHarness();
  const parent = await harness.create('Parent');
  const child = await harness.create('Child');
  expect(await harness.text('link', child, parent)).toBe(
    `Linked ${child}  P2  Child\n${child} needs ${parent}`,
  );
  expect((await harness.show(child)).task).toMatchObject({ needs: [parent], ready: false });
  const { task } = await harness.json(TaskAnswer, 'unlink', child, parent);
  expect(task).toMatchObject({ needs: [], ready: true });
});

test('other types of link hold nothing up', async () => {
  const harness = openCliHarness();
  const one = await harness.create('One');
  const two = await harness.create('Two');
  await harness.text('link', one, two, '--type', 'related');
  const { task, relations } = await harness.show(one);
  expect(task.ready).toBe(true);
  expect(relations).toEqual([{ type: 'related', key: two, title: 'Two', status: 'pending' }]);
  expect(await harness.error('unlink', one, two)).toMatchObject({ code: 'not_found', exitCode: 3 });
  await harness.text('unlink', one, two, '--type', 'related');
  expect((await harness.show(one)).relations).toEqual([]);
});

test('a cycle is refused with its path', async () => {
  const harness = openCliHarness();
  const one = await harness.create('One');
  const two = await harness.create('Two', '--needs', one);
  const three = await harness.create('Three', '--needs', two);
  const error = await harness.error('link', one, three);
  expect(error).toMatchObject({ code: 'cycle', exitCode: 4 });
  expect(error.message).toContain(`${one} needs ${three} needs ${two} needs ${one}`);
  expect((await harness.show(one)).task.needs).toEqual([]);
});

test.for([[['web-a']], [['web-a', 'web-b', '--type', 'after']], [['web-a', 'web-b', 'web-c']]])(
  'link %j is refused',
  async ([argv = []]) => {
    expect(await openCliHarness().error('link', ...argv)).toMatchObject({
      code: 'usage',
      exitCode: 2,
    });
  },
);
