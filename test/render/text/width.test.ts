import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipToWidth, displayWidth, padToWidth } from '../../../lib/render/text/width.ts';

test.for<[string, number]>([
  ['', 0],
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['字', 2],
  ['ｗ', 2],
  ['🙂', 2],
  ['✅', 2],
  ['𛀀', 2],
  ['🏍', 2],
  ['❤\ufe0f', 2],
])('%j takes %i columns', ([text, width]) => {
  expect(displayWidth(text)).toBe(width);
});

test('text is cut before the column that it does not fit into', () => {
  expect(clipToWidth('abcdef', 6)).toBe('abcdef');
  expect(clipToWidth('abcdef', 5)).toBe('abcd…');
  expect(clipToWidth('字字字', 5)).toBe('字字…');
  expect(clipToWidth('字字字', 4)).toBe('字…');
  expect(clipToWidth('ab cdef', 4)).toBe('ab…');
});

test('what reads as one character is cut as one', () => {
  expect(clipToWidth('👩‍🚀👩‍🚀', 7)).toBe('👩‍🚀…');
  expect(clipToWidth('🇨🇭🇨🇭', 6)).toBe('🇨🇭…');
  expect(clipToWidth('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
});

test('what is clipped fits, and what is padded fills', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      expect(displayWidth(clipToWidth(text, width))).toBeLessThanOrEqual(width);
      expect(displayWidth(padToWidth(text, width))).toBeGreaterThanOrEqual(width);
    }),
  );
});
