import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeLine } from '../../../lib/render/text/safe-text.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { wrapSpans } from '../../../lib/render/text/wrap.ts';
import { nastyText } from '../nasty-text.ts';

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

function wrap(text: string, width: number | undefined, hang = 2): readonly string[] {
  return wrapSpans([{ text }], { style: { width, colour: false }, hang });
}

test('a line is broken at spaces, and what goes on stands further in', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', '  three', '  four']);
  expect(wrap('one two', 7)).toEqual(['one two']);
  expect(wrap('one two', undefined)).toEqual(['one two']);
  expect(wrap('', 9)).toEqual(['']);
});

test('a word that is too long is broken between its letters, wide ones too', () => {
  expect(wrap('abcdefghij', 6)).toEqual(['abcdef', '  ghij']);
  expect(wrap('日本語日本語', 7)).toEqual(['日本語', '  日本', '  語']);
  expect(wrap('日本', 1, 0)).toEqual(['日', '本']);
});

test('colours go on in the next line, and a space before an indented text stays', () => {
  const lines = wrapSpans([{ text: '  [→] ', paint: 'cyan' }, { text: 'one two' }], {
    style: { width: 10, colour: true },
    hang: 6,
  });
  expect(lines).toEqual(['\u001b[36m  [→] \u001b[0mone', '     two']);
});

test('after so many lines it is cut, which is seen', () => {
  const style = { width: 9, colour: false };
  const cut = (most: number) =>
    wrapSpans([{ text: 'one two three four' }], { style, hang: 2, most });
  expect(cut(1)).toEqual(['one two…']);
  expect(cut(2)).toEqual(['one two', '  three…']);
  expect(cut(3)).toEqual(['one two', '  three', '  four']);
});

test('whatever a text holds, its lines fit and nothing of it is lost', () => {
  fc.assert(
    fc.property(nastyText, fc.integer({ min: 4, max: 60 }), (text, width) => {
      const line = safeLine(text, 200);
      const lines = wrap(line, width);
      // One sign, such as a family of emoji, may be wider than a line: it stands alone.
      const isOne = (each: string) => [...signs.segment(each.trim())].length === 1;
      const tooLong = lines.filter((each) => displayWidth(each) > width && !isOne(each));
      expect(tooLong).toEqual([]);
      const letters = (all: string) => all.replaceAll(' ', '');
      expect(letters(lines.join(''))).toBe(letters(line));
    }),
  );
});
