import { expect, test } from 'vitest';
import { endOfWork } from '../../../lib/model/run/end-of-work.ts';

const iso = (...parts: readonly [number, number, number, number, number, number?]) => {
  const [year, month, day, hour, minute, second = 0] = parts;
  return new Date(year, month - 1, day, hour, minute, second).toISOString();
};
const friday = iso(2026, 11, 27, 9, 0, 30);

test.each([
  ['a time of the day on which the clock began', friday, '17:30', iso(2026, 11, 27, 17, 30)],
  ['a time after midnight', iso(2026, 11, 27, 23, 50), '00:20', iso(2026, 11, 28, 0, 20)],
  [
    'a time over the change of summer time',
    iso(2026, 10, 24, 22, 0),
    '06:00',
    iso(2026, 10, 25, 6, 0),
  ],
  ['a time before the start, days later', friday, '08:00', iso(2026, 11, 28, 8, 0)],
  ['the minute of the start, which is no day later', friday, '09:00', iso(2026, 11, 27, 9, 0)],
  ['a moment, as it is', friday, '2026-11-28T10:00:00Z', '2026-11-28T10:00:00.000Z'],
])('%s ends work', (_, start, end, expected) => {
  expect(endOfWork(end, start, iso(2026, 11, 30, 7, 45))).toBe(expected);
});

test('a time before the start of today is before it, and one to come is to come', () => {
  const now = iso(2026, 11, 27, 12, 0);
  expect(endOfWork('08:00', friday, now)).toBe(iso(2026, 11, 27, 8, 0));
  expect(endOfWork('17:30', friday, now)).toBe(iso(2026, 11, 27, 17, 30));
});
