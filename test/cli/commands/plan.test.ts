import { expect, test } from 'vitest';
import { PlanAnswer, TaskList } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

const checklist = '# Add dark mode\nFor the night.\n- [ ] Design\n- [ ] Build\n';

test('a Markdown checklist on standard input becomes a task with subtasks', async () => {
  const harness = openCliHarness().with({ stdin: checklist });
  const { task, subtasks } = await harness.json(PlanAnswer, 'plan');
  expect(task).toMatchObject({ title: 'Add dark mode', description: 'For the night.' });
  expect(subtasks.map(({ key, title }) => [key, title])).toEqual([
    [`${task.key}.1`, 'Design'],
    [`${task.key}.2`, 'Build'],
  ]);
});

test('an item that is done already is refused with its line, not taken as open', async () => {
  const error = await openCliHarness().error('plan', '# Big\n- [ ] one\n- [x] two');
  expect(error).toMatchObject({ code: 'invalid_input', exitCode: 2 });
  expect(error.message).toBe('plan: line 3: the item is done already: leave it out');
});

test('JSON as an argument may say what needs what', async () => {
  const plan = {
    title: 'Add dark mode',
    priority: 1,
    subtasks: [{ title: 'Design' }, { title: 'Build', needs: [1], estimated_minutes: 30 }],
  };
  const { task, subtasks } = await openCliHarness().json(PlanAnswer, 'plan', JSON.stringify(plan));
  expect(task).toMatchObject({ priority: 1, subtaskCount: 2, ready: false });
  expect(subtasks[1]).toMatchObject({
    needs: [`${task.key}.1`],
    estimatedMinutes: 30,
    priority: 1,
    ready: false,
  });
});

test('the answer is the opening checklist, with the keys of all subtasks', async () => {
  const plan = { title: 'Big', subtasks: [{ title: 'one' }, { title: 'two', needs: [1] }] };
  const text = await openCliHarness().text('plan', JSON.stringify(plan));
  const key = /web-\w+/.exec(text)?.[0] ?? '';
  expect(text.split('\n')).toEqual([
    `Created ${key}  P2  Big`,
    '',
    '## Plan: Big',
    '',
    '2 steps:',
    '',
    `- [ ] ${key}.1 one`,
    `- [ ] ${key}.2 two (needs ${key}.1)`,
    '',
    `Starts with: ${key}.1 one`,
  ]);
});

test('a plan says what was asked and why, and nested items are subtasks of subtasks', async () => {
  const harness = openCliHarness().with({
    stdin:
      '# Auth\nWhy: an audit\n- [ ] Build\n  - [ ] Tables\n  - [ ] Routes\n- [ ] Review (review)\n',
  });
  const text = await harness.text(
    ...['plan', '--request', 'Secure the API', '--context', '{"reason":"an audit"}'],
  );
  const key = /web-\w+/.exec(text)?.[0] ?? '';
  expect(text.split('\n').slice(4)).toEqual([
    '3 steps:',
    '',
    `- [ ] ${key}.1 Build`,
    `  - [ ] ${key}.1.1 Tables`,
    `  - [ ] ${key}.1.2 Routes (needs ${key}.1.1)`,
    `- [ ] ${key}.2 Review (review; needs ${key}.1)`,
    '',
    `Starts with: ${key}.1.1 Tables`,
  ]);
  const { task } = await harness.show(key);
  expect(task).toMatchObject({
    description: 'Why: an audit',
    context: { user_request: 'Secure the API', reason: 'an audit' },
  });
});

test('--any-order leaves every step free to start', async () => {
  const { subtasks } = await openCliHarness().json(
    ...([PlanAnswer, 'plan', '# T\n- [ ] one\n- [ ] two', '--any-order'] as const),
  );
  expect(subtasks.map(({ ready }) => ready)).toEqual([true, true]);
});

test('what was asked is said of a new plan, and not of more steps', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const error = await harness.error('plan', '- [ ] one', '--parent', key, '--request', 'more');
  expect(error).toMatchObject({
    exitCode: 2,
    message: 'plan: has fields of a new task beside parent: task_context',
  });
});

test('--parent adds subtasks to a task that is there, from an item alone', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  await harness.text('plan', '- [ ] one', '--parent', key);
  const { subtasks } = await harness.json(PlanAnswer, 'plan', '- two\n- three', '--parent', key);
  expect(subtasks.map(({ title }) => title)).toEqual(['one', 'two', 'three']);
});

test('--parent takes the subtasks of a whole plan and leaves the rest of it', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const plan = { title: 'Other', priority: 0, subtasks: [{ title: 'one' }] };
  const added = await harness.json(PlanAnswer, 'plan', JSON.stringify(plan), '--parent', key);
  expect(added.task).toMatchObject({ key, title: 'Big', priority: 2 });
  expect(added.subtasks.map(({ title }) => title)).toEqual(['one']);
});

test.for([
  ['{}', 'web-k3f9', 'plan: subtasks is missing'],
  ['{"subtasks":5}', 'web-k3f9', 'plan: subtasks must be an array'],
  ['[5]', 'web-k3f9', 'plan: subtask 1 must be an object'],
  ['[{"title":"one"}]', '', '--parent is empty'],
])('%j below %j is refused', async ([plan = '', parent = '', message]) => {
  expect(await openCliHarness().error('plan', plan, '--parent', parent)).toMatchObject({
    code: 'invalid_input',
    message,
    exitCode: 2,
  });
});

test.for<[string, string, RegExp]>([
  ['without text', '', /the plan is empty/],
  ['without a title', '- [ ] one', /no "# Title" line/],
  ['without items', '# Title', /no "- \[ \] item" line/],
  ['with broken JSON', '{"title":', /not valid JSON/],
  [
    'with an unknown field',
    '{"title":"x","subtasks":[{"title":"y","colour":1}]}',
    /subtask 1 has an unknown field: colour/,
  ],
  [
    'with a bad priority',
    '{"title":"x","priority":9,"subtasks":[]}',
    /priority must be one of 0, 1, 2, 3, 4/,
  ],
  ['without a subtask', '{"title":"x","subtasks":[]}', /subtasks is empty/],
  ['with a title in numbers', '{"title":1,"subtasks":[]}', /title must be a string/],
  ['without anything', '{}', /^plan: title is missing$/],
  ['with a title alone, in numbers', '{"title":5}', /^plan: title must be a string$/],
  ['with a number of subtasks', '{"subtasks":5}', /^plan: title is missing$/],
  ['with its order alone', '{"any_order":true}', /^plan: title is missing$/],
  [
    'with a parent, which is a flag,',
    '{"title":"x","parent":"web-k3f9","subtasks":[{"title":"y"}]}',
    /^plan: has an unknown field: parent$/,
  ],
  ['that needs what is not in it', '{"title":"x","subtasks":[{"title":"y","needs":[4]}]}', /needs/],
  ['whose steps need each other', cyclic(), /subtask 1 needs 2 needs 1/],
])('a plan %s is refused whole', async ([, text, message]) => {
  const harness = openCliHarness();
  const error = await harness.error('plan', text);
  expect(error.message).toMatch(message);
  expect(error.exitCode).toBe(error.code === 'cycle' ? 4 : 2);
  expect((await harness.json(TaskList, 'list', '--all')).total).toBe(0);
});

function cyclic(): string {
  const subtasks = [
    { title: 'a', needs: [2] },
    { title: 'b', needs: [1] },
  ];
  return JSON.stringify({ title: 'x', subtasks });
}
