import { expect, test } from 'vitest';
import { billableMinutes, roundMinutes } from '../../../lib/model/billing/minutes.ts';

const root = { id: 'root', parentId: null, billable: true, billableMinutes: null };
const first = { ...root, id: 'first', parentId: 'root' };
const second = { ...root, id: 'second', parentId: 'root' };

function worked(taskId: string, ...seconds: readonly number[]) {
  return seconds.map((each) => ({ taskId, activeMs: each * 1_000 }));
}

test('each task counts whole minutes of all its runs together, as checklists show them', () => {
  const runs = [...worked('first', 10, 10, 10), ...worked('second', 80, 80)];
  expect(billableMinutes(root, [first, second], runs)).toBe(1 + 3);
  expect(billableMinutes(root, [first, second], [...runs, ...worked('root', 5)])).toBe(5);
  expect(billableMinutes(root, [first, second], [])).toBe(0);
});

test('what somebody said takes the place of what was measured there and below', () => {
  const below = [first, { ...second, billableMinutes: 45 }];
  const runs = [...worked('first', 120), ...worked('second', 600)];
  expect(billableMinutes(root, below, runs)).toBe(47);
  expect(billableMinutes({ ...root, billableMinutes: 0 }, below, runs)).toBe(0);
  expect(billableMinutes(root, [first, { ...second, billable: false }], runs)).toBe(2);
});

test.for([
  [31, 15, 'up', 45],
  [30, 15, 'up', 30],
  [37, 15, 'nearest', 30],
  [38, 15, 'nearest', 45],
  [5, 10, 'nearest', 10],
] as const)('%i min in steps of %i, rounded %s, are %i', ([minutes, step, mode, rounded]) => {
  const client = { roundingMinutes: step, roundingMode: mode };
  expect(roundMinutes(minutes, client)).toBe(rounded);
});
