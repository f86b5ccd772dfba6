import { expect, test } from 'vitest';
import { billableTime, roundToBill } from '../../../lib/model/billing/minutes.ts';

const root = { id: 'root', parentId: null, billable: true, billableMinutes: null };
const first = { ...root, id: 'first', parentId: 'root' };
const second = { ...root, id: 'second', parentId: 'root' };

function worked(taskId: string, ...seconds: readonly number[]) {
  return seconds.map((each) => ({ taskId, activeMs: each * 1_000 }));
}

function seconds(...given: Parameters<typeof billableTime>) {
  return billableTime(...given) / 1_000;
}

test('time is added up in milliseconds over all runs and tasks', () => {
  const runs = [...worked('first', 10, 10, 10), ...worked('second', 80, 80)];
  expect(seconds(root, [first, second], runs)).toBe(190);
  expect(seconds(root, [first, second], [...runs, ...worked('root', 5.5)])).toBe(195.5);
  expect(seconds(root, [first, second], [])).toBe(0);
});

test.for([
  ['up', 1, 1],
  ['up', 15, 15],
  ['nearest', 1, 0],
] as const)(
  'twelve steps of 1.4 s, rounded %s to %i min, are billed as %i min',
  ([roundingMode, roundingMinutes, billed]) => {
    const steps = Array.from({ length: 12 }, (_, index) => ({ ...first, id: `step${index}` }));
    const time = billableTime(
      root,
      steps,
      steps.flatMap(({ id }) => worked(id, 1.4)),
    );
    expect(roundToBill(time, { roundingMode, roundingMinutes })).toBe(billed);
  },
);

test('what somebody said takes the place of what was measured there and below', () => {
  const below = [first, { ...second, billableMinutes: 45 }];
  const runs = [...worked('first', 120), ...worked('second', 600)];
  expect(seconds(root, below, runs)).toBe(47 * 60);
  expect(seconds({ ...root, billableMinutes: 0 }, below, runs)).toBe(0);
  expect(seconds(root, [first, { ...second, billable: false }], runs)).toBe(2 * 60);
});

test.for([
  [31, 15, 'up', 45],
  [30.4, 15, 'up', 30],
  [0, 15, 'up', 0],
  [4.5, 10, 'nearest', 0],
  [30, 15, 'up', 30],
  [37, 15, 'nearest', 30],
  [38, 15, 'nearest', 45],
  [5, 10, 'nearest', 10],
] as const)('%d min in steps of %i, rounded %s, are %i', ([minutes, step, mode, rounded]) => {
  const client = { roundingMinutes: step, roundingMode: mode };
  expect(roundToBill(minutes * 60_000, client)).toBe(rounded);
});
