import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weekEnd, weekStarts } from '../../lib/model/day.ts';

test('weeks begin on Mondays in UTC, and the last is under way', () => {
  expect(weekStarts('2026-11-25T07:22:20.000Z', 3)).toEqual([
    '2026-11-09T00:00:00.000Z',
    '2026-11-16T00:00:00.000Z',
    '2026-11-23T00:00:00.000Z',
  ]);
  expect(weekStarts('2026-11-23T00:00:00.000Z', 1)).toEqual(['2026-11-23T00:00:00.000Z']);
  expect(weekStarts('2026-11-22T23:59:59.999Z', 1)).toEqual(['2026-11-16T00:00:00.000Z']);
});

test('weeks follow each other without a gap, up to now', () => {
  const times = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 104 }), (time, count) => {
      const at = time.toISOString();
      const weeks = weekStarts(at, count);
      expect(weeks).toHaveLength(count);
      for (const [index, week] of weeks.entries()) {
        expect(new Date(week).getUTCDay()).toBe(1);
        expect(weekEnd(week) > at).toBe(index === count - 1);
        if (index > 0) expect(weekEnd(weeks[index - 1] ?? '')).toBe(week);
      }
    }),
  );
});
