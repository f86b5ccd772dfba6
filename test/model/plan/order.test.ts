import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ordered, orderPlan } from '../../../lib/model/plan/order.ts';
import type { PlannedSubtask } from '../../../lib/model/plan/plan.ts';

type Step = Omit<PlannedSubtask, 'title'>;

/** Orders steps `1`, `2` ... and gives what each needs. */
function needsOf(steps: readonly Step[], anyOrder = false) {
  const subtasks = steps.map((step, index) => ({ title: `${index + 1}`, ...step }));
  return order({ subtasks, any_order: anyOrder }).subtasks.map(({ needs }) => needs);
}

function order(plan: Ordered) {
  return orderPlan(plan);
}

describe('each step needs the one before it', () => {
  test('where nothing says otherwise', () => {
    expect(needsOf([{}, {}, {}])).toEqual([[], [1], [2]]);
    expect(needsOf([{ needs: [] }, { needs: [] }])).toEqual([[], [1]]);
  });

  test('at every level by itself', () => {
    const below = [{ title: 'a' }, { title: 'b' }];
    const { subtasks } = order({
      subtasks: [
        { title: '1', subtasks: below },
        { title: '2', subtasks: below },
      ],
    });
    expect(subtasks.map(({ needs }) => needs)).toEqual([[], [1]]);
    expect(subtasks.map((each) => each.subtasks?.map(({ needs }) => needs))).toEqual([
      [[], [1]],
      [[], [1]],
    ]);
  });

  test('and a parallel group needs all before it, and what follows needs all of the group', () => {
    expect(needsOf([{}, { parallel: 'a' }, { parallel: 'a' }, {}])).toEqual([[], [1], [1], [2, 3]]);
    expect(needsOf([{ parallel: 1 }, { parallel: 1 }, { parallel: 2 }, { parallel: 2 }])).toEqual([
      [],
      [],
      [1, 2],
      [1, 2],
    ]);
  });
});

test('a level that says what any step needs has stated its order', () => {
  expect(needsOf([{}, {}, { needs: [1] }])).toEqual([[], [], [1]]);
});

test('any order leaves the levels without one that state none', () => {
  expect(needsOf([{}, {}], true)).toEqual([[], []]);
  expect(needsOf([{}, {}, { needs: [2] }], true)).toEqual([[], [], [2]]);
  const below = { title: 'x', subtasks: [{ title: 'a' }, { title: 'b' }] };
  const { subtasks } = order({ any_order: true, subtasks: [below] });
  expect(subtasks[0]?.subtasks?.map(({ needs }) => needs)).toEqual([[], []]);
});

test('a container says in its context that its steps have no order on purpose', () => {
  const steps = [{ title: 'a' }, { title: 'b' }];
  const reason = { reason: 'spring' };
  expect(order({ subtasks: steps, task_context: reason }).task_context).toEqual(reason);
  expect(order({ subtasks: steps, task_context: reason, any_order: true }).task_context).toEqual({
    ...reason,
    any_order: true,
  });
  const grouped = steps.map((step) => ({ ...step, parallel: 'x' }));
  const { subtasks } = order({ subtasks: [{ title: 'x', subtasks: grouped }] });
  expect(subtasks[0]?.task_context).toEqual({ any_order: true });
});

test.for<[string, readonly Step[], string]>([
  ['itself', [{ needs: [1] }], 'plan: subtask 1 needs itself'],
  [
    'one that is not there',
    [{ needs: [2] }],
    'plan: subtask 1 needs subtask 2, which is not in the plan',
  ],
  [
    'one of another level',
    [{ subtasks: [{ title: 'a', needs: [2] }] }],
    'plan: subtask 1.1 needs subtask 1.2, which is not in the plan beside it',
  ],
  [
    'by needs and by groups',
    [{ parallel: 'a' }, { parallel: 'a' }, { needs: [1] }],
    'plan: the subtasks say their order by "needs" or by "parallel", not by both',
  ],
  [
    'by a group that does not stand together',
    [{ parallel: 'a' }, {}, { parallel: 'a' }],
    'plan: subtasks 1 and 3 are of one parallel group and do not stand together',
  ],
  [
    'with too many steps in all',
    [
      { subtasks: Array.from({ length: 150 }, () => ({ title: 'x' })) },
      { subtasks: Array.from({ length: 150 }, () => ({ title: 'x' })) },
    ],
    'plan: the plan has 302 steps; at most 200 are allowed',
  ],
])('a plan that needs %s is refused', ([, steps, message]) => {
  expect(() => needsOf(steps)).toThrow(expect.objectContaining({ code: 'invalid_input', message }));
});

test('steps that need each other in a circle are refused with the circle', () => {
  expect(() => needsOf([{ needs: [2] }, { needs: [1] }])).toThrow(
    expect.objectContaining({ code: 'cycle', message: 'plan: subtask 1 needs 2 needs 1' }),
  );
  const circle = [
    { title: 'a', needs: [2] },
    { title: 'b', needs: [1] },
  ];
  expect(() => needsOf([{ subtasks: circle }])).toThrow('plan: subtask 1.1 needs 1.2 needs 1.1');
});

test('every order that is made can be done: each step needs earlier ones alone', () => {
  const group = fc.option(fc.constantFrom('a', 'b', 1), { nil: undefined });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 12 }), (groups) => {
      let needs: ReturnType<typeof needsOf>;
      try {
        needs = needsOf(groups.map((parallel) => ({ parallel })));
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid_input' });
        return;
      }
      for (const [index, each = []] of needs.entries()) {
        expect(each.every((need) => need <= index)).toBe(true);
        const isFirst = groups.slice(0, index).every((other) => other === groups[index]);
        expect(each.length === 0).toBe(index === 0 || (isFirst && groups[index] !== undefined));
      }
    }),
  );
});
