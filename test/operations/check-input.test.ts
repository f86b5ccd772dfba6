import { expect, test } from 'vitest';
import { checkInput, type InputWords } from '../../lib/operations/check-input.ts';
import { close } from '../../lib/operations/close.ts';
import { plan } from '../../lib/operations/plan.ts';

const refusals: readonly (readonly [unknown, InputWords, string])[] = [
  [{ tasks: 'a' }, {}, 'close: tasks must be an array'],
  [{ task: 'a', cancelOpen: true }, {}, 'close: has an unknown field: cancelOpen'],
  [{ task: 'a', follow_ups: [{ title: 'x' }, {}] }, {}, 'close: follow_ups 2 title is missing'],
  [{ task: 'a', outcome: 7 }, { what: 'task:' }, 'task: outcome must be a string'],
  [{ task: 'a', outcome: 7 }, { fields: { outcome: '--outcome' } }, '--outcome must be a string'],
  [
    { task: 'a', follow_ups: [{}] },
    { fields: { follow_ups: '--follow-up' } },
    '--follow-up title is missing',
  ],
];

test.each(refusals)(
  '%j as %j is refused in the words of its front door',
  async (given, words, message) => {
    await expect(checkInput(close, given, words)).rejects.toMatchObject({
      code: 'invalid_input',
      message,
    });
  },
);

test('a plan has a title unless its subtasks are added to a task', async () => {
  const subtasks = [{ title: 'Step' }];
  await expect(checkInput(plan, { subtasks })).rejects.toThrow('plan: title is missing');
  expect(await checkInput(plan, { parent: 'web-k3f9', subtasks })).toMatchObject({ subtasks });
});

test.each([
  [{ parent: '' }, 'plan: parent is empty'],
  [{ client: 'Example Ltd' }, 'plan: subtasks are for whom their parent is for'],
  [{ billable: false }, 'plan: subtasks are for whom their parent is for'],
  [{ title: 'Big', priority: 1 }, 'plan: has fields of a new task beside parent: title, priority'],
])('subtasks for a parent with %j are refused', async (fields, message) => {
  const input = { parent: 'web-k3f9', subtasks: [{ title: 'Step' }], ...fields };
  await expect(checkInput(plan, input)).rejects.toMatchObject({ code: 'invalid_input', message });
});
