import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseKept, type Keep, parseKeep } from '../../lib/model/keep.ts';

const at = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 11, 31) })
  .map((time) => ({ at: new Date(time) }));
const backups = fc.uniqueArray(at, { maxLength: 120, selector: (backup) => backup.at.getTime() });
const number = fc.integer({ min: 0, max: 12 });
const keeps = fc.record({ days: number, weeks: number, months: number });

function newestOf<T extends { readonly at: Date }>(list: readonly T[]): T | undefined {
  return list.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
}

test('the newest backup is kept, whatever the periods', () => {
  fc.assert(
    fc.property(backups, keeps, (list, keep) => {
      const newest = newestOf(list);
      const kept = chooseKept(list, keep);
      expect(newest === undefined ? kept.size === 0 : kept.has(newest)).toBe(true);
    }),
  );
});

test('no more are kept than the periods are, and the newest', () => {
  fc.assert(
    fc.property(backups, keeps, (list, keep) => {
      const most = Math.max(1, keep.days + keep.weeks + keep.months);
      expect(chooseKept(list, keep).size).toBeLessThanOrEqual(most);
    }),
  );
});

test('what was kept is kept again, so that a second time removes nothing', () => {
  fc.assert(
    fc.property(backups, keeps, (list, keep) => {
      const kept = chooseKept(list, keep);
      expect(chooseKept([...kept], keep)).toEqual(kept);
    }),
  );
});

test('more periods keep everything that fewer do, in whatever order the files are', () => {
  fc.assert(
    fc.property(backups, keeps, keeps, (list, keep, more) => {
      const larger: Keep = {
        days: keep.days + more.days,
        weeks: keep.weeks + more.weeks,
        months: keep.months + more.months,
      };
      const kept = chooseKept(list, larger);
      for (const backup of chooseKept(list.toReversed(), keep)) expect(kept).toContain(backup);
    }),
  );
});

test('each of the newest days that have a backup keeps its last one', () => {
  fc.assert(
    fc.property(backups, number, (list, days) => {
      const kept = chooseKept(list, { days, weeks: 0, months: 0 });
      const dayOf = (backup: { readonly at: Date }) => backup.at.toISOString().slice(0, 10);
      const newestDays = [...new Set(list.map(dayOf))].toSorted().toReversed().slice(0, days);
      for (const day of newestDays) {
        const last = newestOf(list.filter((backup) => dayOf(backup) === day));
        expect(kept).toContain(last);
      }
    }),
  );
});

test('a backup a day for a year is kept as 7 days, 4 weeks and 6 months', () => {
  const year = Array.from({ length: 365 }, (_, day) => ({
    at: new Date(Date.UTC(2026, 0, day, 3)),
  }));
  const kept = [...chooseKept(year, parseKeep('7d,4w,6m'))];
  expect(kept.map((backup) => backup.at.toISOString().slice(0, 10)).toSorted()).toEqual([
    ...['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31', '2026-11-30'],
    // Sundays end a week, and the last week is not over.
    ...['2026-12-13', '2026-12-20'],
    ...['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29'],
    '2026-12-30',
  ]);
});

test.each([
  ['7d', { days: 7, weeks: 0, months: 0 }],
  ['4w, 6m', { days: 0, weeks: 4, months: 6 }],
])('%s is understood', (text, keep) => expect(parseKeep(text)).toEqual(keep));

test.each([
  '',
  '0d',
  '7',
  'd',
  '-7d',
  '7x',
  '7d,',
  '7d 4w',
  '7d,3d',
  '07d',
  '1e3d',
  '99999d',
  '7d;4w',
])('--keep %j is refused', (text) => expect(() => parseKeep(text)).toThrow('--keep does not take'));
