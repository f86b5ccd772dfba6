import { describe, expect, test } from 'vitest';
import { parsePlan, parseSubtasks } from '../../../lib/model/plan/plan.ts';

describe('JSON', () => {
  const plan = { title: 'T', subtasks: [{ title: 'a' }, { title: 'b', needs: [1] }] };

  test('a plan with what needs what', () => {
    expect(parsePlan(` \n${JSON.stringify(plan)}`)).toEqual(plan);
    expect(parsePlan(`\ufeff${JSON.stringify(plan)}`)).toEqual(plan);
  });

  test('subtasks are an object or a bare list', () => {
    const { subtasks } = plan;
    expect(parseSubtasks(JSON.stringify(subtasks))).toEqual({ subtasks });
    expect(parseSubtasks(JSON.stringify({ subtasks, any_order: true }))).toEqual({
      subtasks,
      any_order: true,
    });
  });

  test('a checklist that begins with a box is no JSON', () => {
    expect(() => parsePlan('[ ] one')).toThrow('plan: no "# Title" line');
  });

  test('200 subtasks are a plan and 201 are too many', () => {
    const sized = (size: number) =>
      JSON.stringify({
        title: 'T',
        subtasks: Array.from({ length: size }, () => ({ title: 'x' })),
      });
    expect(parsePlan(sized(200)).subtasks).toHaveLength(200);
    expect(() => parsePlan(sized(201))).toThrow(/more than 200/);
  });

  test.for([
    [
      { ...plan, subtasks: [{ title: 'a', subtasks: [{ title: 'b', priority: 9 }] }] },
      'subtask 1 subtask 1 priority must be one of 0, 1, 2, 3, 4',
    ],
    [{ ...plan, subtasks: [{ title: 'a', subtasks: [] }] }, 'subtask 1 subtasks is empty'],
    [
      { ...plan, subtasks: [{ title: 'a', parallel: {} }] },
      'subtask 1 parallel must be the name or the number of a group',
    ],
    [{ ...plan, task_context: nested(200) }, 'plan: it is nested deeper than 64 levels'],
    [{ ...plan, subtasks: [{ title: 'a', needs: [0] }] }, 'needs'],
    [{ ...plan, subtasks: [] }, 'is empty'],
    [{ subtasks: [{ title: 'a' }] }, 'title'],
    [{ ...plan, owner: 'x' }, 'owner'],
  ] as const)('%j is refused: %s', ([value, message]) => {
    expect(() => parsePlan(JSON.stringify(value))).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        message: expect.stringContaining(message),
      }),
    );
  });
});

/** An object with an object as its `a` and so on. */
function nested(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

test('a plan that is nested as deep as no stack is refused like any other', () => {
  const deep = `${'{"title":"x","subtasks":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  expect(() => parsePlan(deep)).toThrow('plan: it is nested deeper than 64 levels');
});

test('a plan may be the request of which it is part, with tasks that are pending', () => {
  const steps = [{ title: 'Design', task_type: 'analysis', status: 'pending' }];
  const step = { title: 'Design', task_type: 'analysis' };
  const request = { operation: 'create_task', title: 'Auth', status: 'pending', subtasks: steps };
  expect(parsePlan(JSON.stringify(request))).toEqual({ title: 'Auth', subtasks: [step] });
  expect(parseSubtasks(JSON.stringify(steps))).toEqual({ subtasks: [step] });
  const done = [{ title: 'Design', status: 'completed' }];
  expect(() => parseSubtasks(JSON.stringify(done))).toThrow(
    'plan: subtask 1 has an unknown field: status',
  );
});
