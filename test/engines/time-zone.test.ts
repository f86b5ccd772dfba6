import { expect, inject, test } from 'vitest';

// Were TZ not to reach the workers, the conformance suite would run twice under one time zone.
test('the workers run in the time zone of their project', () => {
  const january = new Date('2026-01-15T12:00:00Z');
  const offsets: Record<string, number> = { UTC: 0, 'America/New_York': 300 };
  expect(process.env.TZ).toBe(inject('timeZone'));
  expect(january.getTimezoneOffset()).toBe(offsets[inject('timeZone')]);
});
