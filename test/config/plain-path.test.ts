import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPath } from '../../lib/config/plain-path.ts';

test('it makes of every path what path.resolve makes of it', () => {
  const steps = fc.array(
    fc.constantFrom('a', '.', '..', '...', '.b', 'c.', '', ' ', 'd\ne', '\u{1f41f}'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('', '/', '//'),
      steps,
      fc.constantFrom('', '/'),
      (start, names, end) => {
        const path = `${start}${names.join('/')}${end}`;
        expect(plainPath(path)).toBe(resolve(path));
      },
    ),
    { numRuns: 5_000 },
  );
});
