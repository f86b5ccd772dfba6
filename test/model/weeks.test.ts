import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastWeeks } from '../../lib/model/day.ts';
import { dayOf } from '../../lib/model/time-zone.ts';

function starts(at: string, count: number, timeZone = 'UTC'): readonly string[] {
  return lastWeeks(at, count, timeZone).map(({ from }) => from);
}

test('weeks begin on Mondays, and the last is under way', () => {
  expect(starts('2026-11-25T07:22:20.000Z', 3)).toEqual([
    '2026-11-09T00:00:00.000Z',
    '2026-11-16T00:00:00.000Z',
    '2026-11-23T00:00:00.000Z',
  ]);
  expect(starts('2026-11-23T00:00:00.000Z', 1)).toEqual(['2026-11-23T00:00:00.000Z']);
  expect(starts('2026-11-22T23:59:59.999Z', 1)).toEqual(['2026-11-16T00:00:00.000Z']);
});

test('they begin at midnight of a time zone, also when clocks change in between', () => {
  expect(starts('2026-11-02T12:00:00.000Z', 2, 'America/New_York')).toEqual([
    '2026-10-26T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
  expect(starts('2026-11-23T06:00:00.000Z', 1, 'America/Phoenix')).toEqual([
    '2026-11-16T07:00:00.000Z',
  ]);
});

test('weeks follow each other without a gap, up to now', () => {
  const times = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  const zones = fc.constantFrom(
    'UTC',
    'America/Phoenix',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
  );
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 30 }), zones, (time, count, zone) => {
      const at = time.toISOString();
      const weeks = lastWeeks(at, count, zone);
      expect(weeks).toHaveLength(count);
      for (const [index, { monday, from, to }] of weeks.entries()) {
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect(dayOf(from, zone)).toBe(monday);
        expect(to > at).toBe(index === count - 1);
        if (index > 0) expect(weeks[index - 1]?.to).toBe(from);
      }
    }),
    { numRuns: 30 },
  );
});
