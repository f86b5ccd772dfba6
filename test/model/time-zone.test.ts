import { expect, test } from 'vitest';
import {
  dayOf,
  findTimeZone,
  personalTimeZone,
  requireTimeZone,
  startOfDay,
} from '../../lib/model/time-zone.ts';

test('a time zone is a name of the IANA database, in any case', () => {
  expect(findTimeZone('america/phoenix')).toBe('America/Phoenix');
  expect(findTimeZone('UTC')).toBe('UTC');
  for (const wrong of ['', '+05:00', 'Phoenix', 'America/Nowhere', 'UTC0', ' UTC', '\u202eUTC']) {
    expect(findTimeZone(wrong)).toBeUndefined();
    expect(() => requireTimeZone(wrong, '--time-zone')).toThrow('is no time zone');
  }
});

test('a person’s is that of TZ, else the system’s', () => {
  const system = new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  expect(personalTimeZone({ TZ: 'America/Phoenix' })).toBe('America/Phoenix');
  expect(personalTimeZone({ TZ: ':Europe/Berlin' })).toBe('Europe/Berlin');
  for (const env of [{}, { TZ: '' }, { TZ: '/etc/localtime' }]) {
    expect(personalTimeZone(env)).toBe(findTimeZone(system) ?? 'UTC');
  }
});

test('a moment has the day that its time zone’s calendar shows', () => {
  expect(dayOf('2026-12-01T05:30:00.000Z', 'America/Phoenix')).toBe('2026-11-30');
  expect(dayOf('2026-12-01T05:30:00.000Z', 'UTC')).toBe('2026-12-01');
  expect(dayOf('2026-11-30T10:00:00.000Z', 'Pacific/Kiritimati')).toBe('2026-12-01');
});

test.for([
  ['2026-03-29', 'Europe/Berlin', 23],
  ['2026-10-25', 'Europe/Berlin', 25],
  ['2026-04-05', 'Australia/Lord_Howe', 24.5],
  ['2026-11-30', 'America/Phoenix', 24],
  // Clocks went forward at midnight: the day began at one.
  ['2018-11-04', 'America/Sao_Paulo', 23],
] as const)('%s in %s has %d hours', ([day, zone, hours]) => {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const start = startOfDay(day, zone);
  expect((Date.parse(startOfDay(next, zone)) - Date.parse(start)) / 3_600_000).toBe(hours);
  expect(dayOf(start, zone)).toBe(day);
  expect(dayOf(new Date(Date.parse(start) - 1).toISOString(), zone) < day).toBe(true);
});
