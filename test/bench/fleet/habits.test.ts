import { expect, test } from 'vitest';
import { deeds, drawDues, habits, rateOf } from '../../../bench/fleet/habits.ts';

test('a thousand sessions ask for eight prompts and one claim a second', () => {
  expect(rateOf('prompt', 1_000)).toBeCloseTo(8.3, 1);
  expect(rateOf('heartbeat', 1_000)).toBeCloseTo(16.7, 1);
  expect(rateOf('claim', 1_000)).toBeCloseTo(1.1, 1);
});

test('deeds fall due at random, in order, and as often as sessions have the habit', () => {
  let state = 7;
  const random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const dues = drawDues(1_000, 3_600, random);
  expect(dues).toEqual([...dues].sort((a, b) => a.at - b.at));
  for (const deed of deeds) {
    const drawn = dues.filter((due) => due.deed === deed).length;
    expect(drawn / (habits[deed] * 1_000)).toBeCloseTo(1, 1);
  }
});
