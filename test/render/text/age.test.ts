import { expect, onTestFinished, test } from 'vitest';
import { renderAge, renderTime, renderWhen } from '../../../lib/render/text/age.ts';

const now = '2026-11-21T12:00:00.000Z';

test.for([
  ['2026-11-21T12:00:00.000Z', 'now'],
  ['2026-11-21T11:59:01.000Z', 'now'],
  ['2026-11-21T11:59:00.000Z', '1 min'],
  ['2026-11-21T11:00:01.000Z', '59 min'],
  ['2026-11-21T11:00:00.000Z', '1 h'],
  ['2026-11-19T12:00:01.000Z', '47 h'],
  ['2026-11-19T12:00:00.000Z', '2 d'],
  ['2025-11-21T12:00:00.000Z', '365 d'],
  // Another machine's clock can be ahead.
  ['2026-11-21T13:00:00.000Z', 'now'],
  ['no time', 'now'],
] as const)('%s is %s ago', ([since, age]) => {
  expect(renderAge(since, now)).toBe(age);
});

test.for([
  ['UTC', '2026-11-21T01:30:00.000Z', '10 h ago'],
  ['UTC', '2026-11-20T23:30:00.000Z', '2026-11-20 23:30'],
  ['America/New_York', '2026-11-21T01:30:00.000Z', '2026-11-20 20:30'],
  ['Asia/Tokyo', '2026-11-20T23:30:00.000Z', '12 h ago'],
  ['Asia/Kolkata', '2026-11-19T23:30:00.000Z', '2026-11-20 05:00'],
  ['Europe/Berlin', '2026-07-01T10:00:00.000Z', '2026-07-01 12:00'],
] as const)('in %s, %s is said as people there say it', ([zone, time, words]) => {
  inZone(zone);
  expect(renderWhen(time, now)).toBe(words);
});

test('a time by itself is that of the clock of whoever reads it', () => {
  inZone('America/New_York');
  expect(renderTime('2026-11-21T01:30:00.000Z')).toBe('2026-11-20 20:30');
});

function inZone(zone: string): void {
  const { TZ } = process.env;
  process.env.TZ = zone;
  onTestFinished(() => {
    process.env.TZ = TZ;
  });
}
