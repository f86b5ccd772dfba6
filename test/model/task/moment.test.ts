import { expect, onTestFinished, test } from 'vitest';
import { readMoment } from '../../../lib/model/task/moment.ts';

// A Saturday at noon, in whatever zone this runs.
const now = new Date(2026, 10, 28, 12, 30);
const at = (...parts: readonly [number, number, number, number?, number?]) =>
  new Date(...(parts as [number, number, number])).toISOString();
const local = (day: number, month: number, hour = 0, minute = 0) =>
  new Date(2026, month - 1, day, hour, minute).toISOString();

test.for([
  ['2026-12-01', local(1, 12)],
  ['2026-12-01 14:00', local(1, 12, 14)],
  ['2026-12-01T14:05', local(1, 12, 14, 5)],
  [' Today ', local(28, 11)],
  ['tomorrow', local(29, 11)],
  ['+3d', local(1, 12)],
  ['+1w', local(5, 12)],
  ['+4h', local(28, 11, 16, 30)],
  ['2026-12-01T14:00:00.000Z', '2026-12-01T14:00:00.000Z'],
  ['2026-12-01T14:00Z', '2026-12-01T14:00:00.000Z'],
  ['', ''],
] as const)('%s begins at %s', ([text, moment]) => {
  expect(readMoment(text, 'start', now)).toBe(moment);
});

test('a day that something is due is over at its end', () => {
  const end = new Date(at(2026, 11, 2)).getTime() - 1;
  expect(readMoment('2026-12-01', 'end', now)).toBe(new Date(end).toISOString());
  expect(readMoment('2026-12-01 14:00', 'end', now)).toBe(local(1, 12, 14));
});

test('a year that no engine keeps is none, wherever the clock stands', () => {
  const zone = process.env.TZ;
  onTestFinished(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  process.env.TZ = 'America/New_York';
  expect(readMoment('9999-12-31', 'end', now)).toBeUndefined();
  expect(readMoment('9999-12-31 23:00', 'start', now)).toBeUndefined();
  expect(readMoment('9999-12-30', 'end', now)).toBe('9999-12-31T04:59:59.999Z');
});

test('what was read is read as the same again', () => {
  for (const text of ['tomorrow', '2026-12-01', '2026-12-01 14:00']) {
    for (const edge of ['start', 'end'] as const) {
      const once = readMoment(text, edge, now) ?? '';
      expect(readMoment(once, edge, now)).toBe(once);
    }
  }
});

test.for([
  ...['soon', '2026-02-30', '2026-13-01', '2026-12-01 24:00', '2026-12-01 14', '12/01/2026'],
  ...['+3', '3d', '-3d', '+99999d', '1999-01-01', '2026-12-01 14:60', '20260-01-01', 'nextweek'],
])('%s is no time', (text) => {
  expect(readMoment(text, 'start', now)).toBeUndefined();
});
