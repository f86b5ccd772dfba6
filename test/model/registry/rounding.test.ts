import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundings } from '../../../lib/model/registry/rounding.ts';

const minutes = fc.integer({ min: 0, max: 2_000_000_000 });
const step = fc.integer({ min: 1, max: 480 });

test.each(Object.entries(roundings))('%s gives a multiple of the step near by', (_, { round }) => {
  fc.assert(
    fc.property(minutes, step, (time, unit) => {
      const rounded = round(time, unit);
      expect(rounded % unit).toBe(0);
      expect(Math.abs(rounded - time)).toBeLessThan(unit);
    }),
  );
});

test('up never bills less, nearest rounds half a step up', () => {
  fc.assert(
    fc.property(minutes, step, (time, unit) => {
      const over = time % unit;
      expect(roundings.up.round(time, unit)).toBe(over === 0 ? time : time - over + unit);
      const isUp = over > 0 && 2 * over >= unit;
      expect(roundings.nearest.round(time, unit)).toBe(time - over + (isUp ? unit : 0));
    }),
    { numRuns: 1_000 },
  );
});
