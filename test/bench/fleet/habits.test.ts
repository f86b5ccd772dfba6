import { expect, test } from 'vitest';
import { deeds, drawDues, habits, rateOf } from '../../../bench/fleet/habits.ts';

test('a thousand sessions ask for eight prompts and one claim a second', () => {
  expect(rateOf('prompt', 1_000)).toBeCloseTo(8.3, 1);
  expect(rateOf('heartbeat', 1_000)).toBeCloseTo(16.7, 1);
  expect(rateOf('claim', 1_000)).toBeCloseTo(1.1, 1);
});

test('deeds fall due in order, spread over the time, and as often as sessions have the habit', () => {
  const dues = drawDues(60, 3_600);
  expect(dues).toEqual([...dues].sort((a, b) => a.at - b.at));
  expect(dues.every(({ at }) => at >= 0 && at < 3_600_000)).toBe(true);
  const firstHalf = dues.filter(({ at }) => at < 1_800_000).length / dues.length;
  expect(firstHalf).toBeCloseTo(0.5, 1);
  for (const deed of deeds) {
    expect(dues.filter((due) => due.deed === deed)).toHaveLength(habits[deed] * 60);
  }
});
