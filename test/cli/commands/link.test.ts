import { expect, test } from 'vitest';
import { TaskAnswer } from '../../../lib/model/answers/task.ts';
import { openDesk } from '../desk.ts';

test('the first task needs the second', async () => {
  const desk = openDesk();
  const parent = await desk.create('Parent');
  const child = await desk.create('Child');
  expect(await desk.text('link', child, parent)).toBe(
    `Linked ${child}  P2  Child\n${child} needs ${parent}`,
  );
  expect((await desk.show(child)).task).toMatchObject({ needs: [parent], ready: false });
  const { task } = await desk.json(TaskAnswer, 'unlink', child, parent);
  expect(task).toMatchObject({ needs: [], ready: true });
});

test('other types of link hold nothing up', async () => {
  const desk = openDesk();
  const one = await desk.create('One');
  const two = await desk.create('Two');
  await desk.text('link', one, two, '--type', 'related');
  const { task, relations } = await desk.show(one);
  expect(task.ready).toBe(true);
  expect(relations).toEqual([{ type: 'related', key: two, status: 'pending' }]);
  expect(await desk.error('unlink', one, two)).toMatchObject({ code: 'not_found', exitCode: 3 });
  await desk.text('unlink', one, two, '--type', 'related');
  expect((await desk.show(one)).relations).toEqual([]);
});

test('a cycle is refused with its path', async () => {
  const desk = openDesk();
  const one = await desk.create('One');
  const two = await desk.create('Two', '--needs', one);
  const three = await desk.create('Three', '--needs', two);
  const error = await desk.error('link', one, three);
  expect(error).toMatchObject({ code: 'cycle', exitCode: 4 });
  expect(error.message).toContain(`${one} needs ${three} needs ${two} needs ${one}`);
  expect((await desk.show(one)).task.needs).toEqual([]);
});

test.for([[['web-a']], [['web-a', 'web-b', '--type', 'after']], [['web-a', 'web-b', 'web-c']]])(
  'link %j is refused',
  async ([argv = []]) => {
    expect(await openDesk().error('link', ...argv)).toMatchObject({ code: 'usage', exitCode: 2 });
  },
);
