import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { TaskAnswer, TaskList } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('a created task is printed with its key first', async () => {
  const text = await openCliHarness().text('create', 'Rotate the signing key', '--priority', 'P1');
  expect(text).toMatch(/^Created web-[a-z2-9]{4} {2}P1 {2}Rotate the signing key$/);
});

test('every field can be given', async () => {
  const harness = openCliHarness();
  const parent = await harness.create('Parent');
  const first = await harness.create('First', '--parent', parent);
  const second = await harness.create('Second', '--parent', parent);
  const { task } = await harness.json(
    TaskAnswer,
    ...['create', 'Third', '--parent', parent, '--needs', `${first},${second}`],
    ...['--description', 'Why and how', '--type', 'bugfix', '--priority', '0'],
    ...['--complexity', 'simple', '--estimate', '90', '--agent', 'Coding Agent'],
    ...['--context', '{"reason":"asked for","n":[1]}'],
  );
  expect(task).toMatchObject({
    key: `${parent}.3`,
    title: 'Third',
    parent,
    needs: [first, second],
    blockers: [first, second],
    ready: false,
    description: 'Why and how',
    type: 'bugfix',
    priority: 0,
    complexity: 'simple',
    estimatedMinutes: 90,
    assignedAgent: 'Coding Agent',
    context: { reason: 'asked for', n: [1] },
    createdBy: 'alice@one',
    status: 'pending',
  });
});

test('needs may be repeated instead of separated by commas', async () => {
  const harness = openCliHarness();
  const needs = [await harness.create('First'), await harness.create('Second')];
  const flags = needs.flatMap((key) => ['--needs', key]);
  const key = await harness.create('Third', ...flags);
  expect((await harness.show(key)).task.needs).toEqual(needs);
});

test('a description is read from standard input', async () => {
  const harness = openCliHarness();
  const key = await harness
    .with({ stdin: 'Two causes:\n- the cookie\n- the clock\n' })
    .create('Fix', '--description', '-');
  const { task } = await harness.show(key);
  expect(task.description).toBe('Two causes:\n- the cookie\n- the clock');
});

test('a title may look like a flag when it begins with a dash and a space', async () => {
  const harness = openCliHarness();
  const key = await harness.create('- odd', '--description', '- item');
  expect((await harness.show(key)).task).toMatchObject({ title: '- odd', description: '- item' });
});

test.for<[string, readonly string[], RegExp]>([
  ['no title', [], /needs an argument/],
  ['an empty title', [''], /title is empty/],
  ['a title of blanks', ['   '], /title is empty/],
  ['a title of two lines', ['a\nb'], /title has more than one line/],
  ['a title of 600 characters', ['x'.repeat(600)], /title has 600 characters; at most 500/],
  ['two titles', ['Fix', 'it'], /unexpected argument "it"/],
  ['an unknown type', ['x', '--type', 'chore'], /--type: "chore" is not allowed/],
  ['a priority of 5', ['x', '--priority', '5'], /--priority: "5" is not allowed/],
  ['a negative priority', ['x', '--priority', '-1'], /--priority: "-1" is not allowed/],
  ['an unknown complexity', ['x', '--complexity', 'huge'], /--complexity: "huge" is not allowed/],
  ['an estimate in words', ['x', '--estimate', 'soon'], /--estimate: "soon" is not allowed/],
  ['a context that is not JSON', ['x', '--context', '{'], /--context is not valid JSON/],
  ['a context that is a list', ['x', '--context', '[1]'], /--context is not a JSON object/],
  ['an empty agent', ['x', '--agent', ''], /task: assigned_agent is empty/],
  ['two readers of stdin', ['x', '--description', '-', '--context', '-'], /only one flag/],
])('%s is refused, and nothing is written', async ([, argv, message]) => {
  const harness = openCliHarness().with({ stdin: 'Text' });
  const error = await harness.error('create', ...argv);
  expect(error.exitCode).toBe(2);
  expect(error.message).toMatch(message);
  expect((await harness.json(TaskList, 'list', '--all')).total).toBe(0);
});

test('a bad choice lists what is allowed', async () => {
  const { hint } = await openCliHarness().error('create', 'x', '--complexity', 'huge');
  expect(hint).toBe('One of: trivial, simple, moderate, complex');
});

test('an unknown need leaves nothing half-written', async () => {
  const harness = openCliHarness();
  const error = await harness.error('create', 'Task', '--needs', 'web-zzzz');
  expect(error).toMatchObject({ code: 'not_found', exitCode: 3 });
  expect((await harness.json(TaskList, 'list', '--all')).total).toBe(0);
});

test('what similar tasks took is offered where nothing was estimated', async () => {
  const harness = openCliHarness();
  for (let number = 0; number < 5; number += 1) {
    const key = await harness.create('Done', '--type', 'testing');
    await harness.text('claim', key);
    await harness.text('close', key);
  }
  const database = new DatabaseSync(harness.database);
  database.exec('UPDATE agent_runs SET active_ms = 1500000');
  database.close();
  expect(await harness.text('create', 'New', '--type', 'testing')).toMatch(
    /\nSimilar tasks took about 25 min \(from 5 tasks\): docket update web-\w+ --estimate 25$/,
  );
  expect(await harness.text('create', 'New', '--type', 'testing', '--estimate', '5')).not.toContain(
    'Similar',
  );
  expect(await harness.text('create', 'New')).not.toContain('Similar');
  const plan = '{"title":"P","subtasks":[{"title":"a","task_type":"testing"},{"title":"b"}]}';
  expect((await harness.text('plan', plan)).split('\n')[1]).toMatch(
    /^Similar tasks took: web-\w+\.1 about 25 min \(from 5 tasks\)\. docket update KEY --estimate/,
  );
});
