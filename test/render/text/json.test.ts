import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderJson } from '../../../lib/render/text/json.ts';
import { anyCharacter } from '../nasty-text.ts';

test('whatever a value holds, its JSON means the same and has nothing a terminal obeys', () => {
  const text = fc.string({ unit: anyCharacter });
  fc.assert(
    fc.property(fc.dictionary(text, text), (value) => {
      const json = renderJson(value);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 1_000 },
  );
});

test('a character beyond the first plane is escaped as its pair', () => {
  expect(renderJson('\u{e0041}')).toBe('"\\udb40\\udc41"');
  expect(renderJson('\u009b \u202e é 字 🙂')).toBe('"\\u009b \\u202e é 字 🙂"');
});
