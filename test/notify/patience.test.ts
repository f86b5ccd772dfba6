import { expect, test } from 'vitest';
import { pauseAfter, usualPatience } from '../../lib/notify/patience.ts';

test('pauses double up to a longest, and half of each is chance', () => {
  const shortest = [1, 2, 3, 7, 8, 1_000].map((tries) =>
    pauseAfter({ tries, asked: 0, random: 0 }, usualPatience),
  );
  expect(shortest).toEqual([2_500, 5_000, 10_000, 150_000, 150_000, 150_000]);
  expect(pauseAfter({ tries: 1, asked: 0, random: 1 }, usualPatience)).toBe(5_000);
});

test('what a receiver asks for comes on top, up to an hour', () => {
  expect(pauseAfter({ tries: 1, asked: 60_000, random: 1 }, usualPatience)).toBe(65_000);
  expect(pauseAfter({ tries: 1, asked: 1e12, random: 1 }, usualPatience)).toBe(3_605_000);
});
