import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderQuoted } from '../../../lib/render/text/quoted-text.ts';
import { anyCharacter } from '../nasty-text.ts';

test('every line stands behind a bar; empty ones at the ends go', () => {
  expect(renderQuoted('\n\none\n\n  two\r\nthree\n\n')).toEqual([
    '  | one',
    '  |',
    '  |   two',
    '  | three',
  ]);
  expect(renderQuoted(' \n ')).toEqual([]);
});

test('no text escapes the bar', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const lines = renderQuoted(text)
        .join('\n')
        .split(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      for (const line of lines) expect(line).toMatch(/^( {2}\||$)/);
    }),
    { numRuns: 1_000 },
  );
});
