import { expect, test } from 'vitest';
import { renderAge } from '../../../lib/render/text/age.ts';

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
