import { expect, test } from 'vitest';
import { measureBlocks, measureReviews } from '../../../lib/model/figures/measure-flow.ts';
import type { BlockSample, RunSample } from '../../../lib/model/figures/samples.ts';

const at = '2026-11-21T12:00:00.000Z';

function block(reason: string, hours: number | null): BlockSample {
  const endedAt = hours === null ? null : `2026-11-21T${String(10 + hours)}:00:00.000Z`;
  return { taskId: 't', reason, startedAt: '2026-11-21T10:00:00.000Z', endedAt };
}

function review(taskId: string, cycle: number, verdict: RunSample['verdict']): RunSample {
  return { taskId, agent: 'Judge', role: 'review', cycle, verdict, activeMs: 1 };
}

test('equal reasons are one, however they are cased and spaced; one that goes on counts until now', () => {
  const blocks = [block('The vendor', 1), block('the  VENDOR ', null), block('a key', 2)];
  expect(measureBlocks(blocks, at)).toEqual({
    count: 3,
    open: 1,
    times: { count: 3, medianMinutes: 120, p90Minutes: 120 },
    totalMinutes: 300,
    reasons: [
      { reason: 'The vendor', count: 2, totalMinutes: 180 },
      { reason: 'a key', count: 1, totalMinutes: 120 },
    ],
    otherReasons: 0,
  });
});

test('the reasons that took longest are named, and the others counted', () => {
  const blocks = Array.from({ length: 8 }, (_, hours) => block(`reason ${hours}`, hours));
  const { reasons, otherReasons } = measureBlocks(blocks, at);
  expect(reasons.map(({ reason }) => reason)).toEqual([7, 6, 5, 4, 3].map((n) => `reason ${n}`));
  expect(otherReasons).toBe(3);
});

test('nothing blocked is nothing', () => {
  expect(measureBlocks([], at)).toEqual({
    count: 0,
    open: 0,
    times: null,
    totalMinutes: 0,
    reasons: [],
    otherReasons: 0,
  });
});

test('reviews are counted by verdict, and tasks by how many they took', () => {
  const runs = [
    review('1', 1, 'rejected'),
    review('1', 2, 'rejected'),
    review('1', 3, 'approved'),
    review('2', 1, 'approved'),
    review('3', 1, null),
    { ...review('4', 1, 'approved'), role: 'work' as const },
  ];
  expect(measureReviews(runs)).toEqual({
    judged: 4,
    approved: 2,
    judgedFirst: 2,
    approvedFirst: 1,
    rounds: { tasks: 2, median: 2, p90: 3, most: 3 },
  });
  expect(measureReviews([])).toMatchObject({ judged: 0, rounds: null });
});
