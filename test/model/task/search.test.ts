import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, missingWords, parseSearch } from '../../../lib/model/task/search.ts';

test('words are parted by any space, folded, and named once', () => {
  expect(parseSearch('  Import\tINVOICES\u00a0import\n')).toEqual(['import', 'invoices']);
  expect(parseSearch(' \n ')).toEqual([]);
});

test('case does not matter in any script, nor how a letter is composed', () => {
  expect(foldText('ÄÖÜ ÑANDÚ ЖУК ΟΔΟΣ')).toBe('äöü ñandú жук οδοσ');
  expect(foldText('A\u0308rger')).toBe(foldText('Ärger'));
  expect(missingWords(parseSearch('ΟΔΟΣ'), ['οδοσήμανση'])).toEqual([]);
});

test('a word may stand in any of the texts, and none stands for another', () => {
  expect(missingWords(['import', 'slow'], ['The import', 'is SLOW'])).toEqual([]);
  expect(missingWords(['100%', 'a_b', '[x]'], ['1000', 'acb', 'x'])).toEqual([
    '100%',
    'a_b',
    '[x]',
  ]);
  expect(missingWords(['100%', 'a_b', '[x]'], ['100% a_b [x]'])).toEqual([]);
});

test('every part of a text is found in it, however it is cased', () => {
  const ascii = fc.string({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(ascii, ascii, ascii, (before, middle, after) => {
      const words = parseSearch(middle);
      expect(missingWords(words, [`${before}${middle.toUpperCase()}${after}`])).toEqual([]);
    }),
  );
});
