import { expect, test } from 'vitest';
import { solutionOf, type ToldTask } from '../../../lib/model/billing/work-item.ts';

function told(fields: Partial<ToldTask>): ToldTask {
  return {
    ...{ id: 'root', parentId: null, title: 'Whole', type: 'implementation', context: {} },
    ...{ status: 'completed', outcome: null },
    ...fields,
  } as const;
}

const root = told({});
const build = told({ id: 'a', parentId: 'root', outcome: 'Backups run at night' });
const review = told({ id: 'b', parentId: 'root', type: 'review', outcome: 'Approved, 2 nits' });

test('a client reads what was done, not the verdict on it', () => {
  expect(solutionOf(root, [build, review])).toBe('Backups run at night');
});

test('work that is nothing but reviews is told by them, and an outcome of its own is kept', () => {
  expect(solutionOf(root, [review])).toBe('Approved, 2 nits');
  expect(solutionOf({ ...root, outcome: 'All is well' }, [build, review])).toBe('All is well');
  expect(solutionOf(review, [])).toBe('Approved, 2 nits');
  const mended = { ...build, outcome: 'Locked', context: { earlier_outcomes: ['Backups run'] } };
  expect(solutionOf(root, [mended, review])).toBe('Backups run\nLocked');
});
