import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindParameters } from '../../../../lib/store/mysql/wire/bind-parameters.ts';
import { anyCharacter } from '../../../render/nasty-text.ts';

test('puts numbers, null and text in their places', () => {
  expect(bindParameters('a = ? AND b = ? AND c = ?', [1, null, "it's"])).toBe(
    "a = 1 AND b = NULL AND c = _utf8mb4 X'69742773'",
  );
  expect(bindParameters('a = ?', ['what? now'])).toBe("a = 'what? now'");
});

test('refuses values that are too many, too few, or none that a database takes', () => {
  expect(() => bindParameters('a = ?', [])).toThrow('0 values for 1 places');
  expect(() => bindParameters('a = ?', [1, 2])).toThrow('2 values for 1 places');
  expect(() => bindParameters('a = ?', [Number.NaN])).toThrow('not a value');
});

test('gives literals that read the same in every sql_mode', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const bound = bindParameters('?', [text]);
      const [, plain] = /^'([^'\\]*)'$/.exec(bound) ?? [];
      const [, hexadecimal] = /^_utf8mb4 X'([0-9a-f]*)'$/.exec(bound) ?? [];
      const decoded = plain ?? Buffer.from(hexadecimal ?? 'none', 'hex').toString('utf8');
      expect(decoded).toBe(text.toWellFormed());
      expect(bound).toMatch(/^[ -~]*$/);
    }),
    {
      numRuns: 2000,
      examples: [[''], ["'"], ['\\'], ["\\'"], ['\u0000'], ['\u00bf\u0027'], ['😀']],
    },
  );
});
