import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPlanCycle } from '../../../lib/model/plan/cycle.ts';

test('plans without a circle have none', () => {
  expect(findPlanCycle([])).toBeUndefined();
  expect(findPlanCycle([{}, { needs: [1] }, { needs: [1, 2] }, { needs: [3, 2] }])).toBeUndefined();
});

test('the circle is told along its needs, and only it', () => {
  expect(findPlanCycle([{ needs: [2] }, { needs: [3] }, { needs: [2] }])).toEqual([2, 3, 2]);
  expect(findPlanCycle([{ needs: [1] }])).toEqual([1, 1]);
});

test('a plan has a circle exactly when its subtasks cannot be done one after another', () => {
  const plans = fc
    .integer({ min: 1, max: 8 })
    .chain((size) =>
      fc.array(
        fc.record({ needs: fc.uniqueArray(fc.integer({ min: 1, max: size }), { maxLength: 2 }) }),
        { minLength: size, maxLength: size },
      ),
    );
  fc.assert(
    fc.property(plans, (subtasks) => {
      const cycle = findPlanCycle(subtasks);
      expect(cycle === undefined).toBe(canBeDone(subtasks));
      for (const [index, number] of (cycle ?? []).entries()) {
        const next = cycle?.[index + 1];
        if (next !== undefined) expect(subtasks[number - 1]?.needs).toContain(next);
      }
      expect(cycle?.at(-1)).toBe(cycle?.[0]);
    }),
    { numRuns: 2_000 },
  );
});

test('a chain of 200 is no deeper than a loop can go', () => {
  const chain = Array.from({ length: 200 }, (_, index) => ({ needs: index === 0 ? [] : [index] }));
  expect(findPlanCycle(chain)).toBeUndefined();
});

/** Takes away what needs nothing that is left, until nothing moves. */
function canBeDone(subtasks: readonly { readonly needs: readonly number[] }[]): boolean {
  const left = new Map(subtasks.map(({ needs }, index) => [index + 1, needs]));
  for (let size = -1; size !== left.size; ) {
    size = left.size;
    for (const [number, needs] of left) {
      if (!needs.some((need) => left.has(need))) left.delete(number);
    }
  }
  return left.size === 0;
}
