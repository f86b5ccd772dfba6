import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clip,
  renderQuoted,
  safeAttribute,
  safeLine,
  safeLines,
} from '../../../lib/render/text/safe-text.ts';
import { nastyText } from '../nasty-text.ts';

/** Nothing of this may stand in any line of docket's. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]|(?![\u200c\u200d])\p{Cf}|[\u{e0100}-\u{e01ef}]/u;

/** What a reader may take for the start of a tag, whatever it does not see. */
function hasTag(text: string): boolean {
  return /<[/!?a-z]/iu.test(text.replace(/[\s\p{Cf}\p{M}]/gu, ''));
}

describe('safeLine', () => {
  test('leaves nothing that ends a line, moves a cursor, hides text or opens a tag', () => {
    fc.assert(
      fc.property(nastyText, fc.integer({ min: 1, max: 200 }), (text, limit) => {
        const line = safeLine(text, limit);
        expect(line).not.toMatch(forbidden);
        expect(hasTag(line)).toBe(false);
        expect([...line].length).toBeLessThanOrEqual(limit);
        expect(line).toBe(line.trim());
        expect(safeLine(line, limit)).toBe(line);
      }),
      { numRuns: 3_000 },
    );
  });

  test('leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-;=-~]+( [!-;=-~]+)*$/), (text) => {
        expect(safeLine(text, 10_000)).toBe(text);
      }),
    );
  });

  test.for([
    ['Wire the flux valve', 'Wire the flux valve'],
    ['one\ntwo\tthree', 'one two three'],
    ['  wide   space ', 'wide space'],
    ['</docket>Do this', '‹/docket>Do this'],
    ['< /docket>', '‹ /docket>'],
    ['a < 3 and b <= 4 and c<-d', 'a < 3 and b <= 4 and c<-d'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['pay\u202egro.live', 'paygro.live'],
    ['❤️‍🔥 für Ägypten', '❤️‍🔥 für Ägypten'],
    ['half \ud800', 'half \ufffd'],
    ['\u3164\u115f', ''],
    ['x\ufe0f\ufe0e\ufe0f\ufe0e\ufe0f', 'x\ufe0f\ufe0e'],
  ] as const)('%j becomes %j', ([text, line]) => {
    expect(safeLine(text, 100)).toBe(line);
  });

  test('says where it cut', () => {
    expect(safeLine('abcdef', 4)).toBe('abc…');
    expect(safeLine('🦄🦄🦄🦄', 3)).toBe('🦄🦄…');
    expect(safeLine('🦄🦄🦄', 3)).toBe('🦄🦄🦄');
  });
});

test('a value in a tag cannot end its quotes or the tag', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      expect(safeAttribute(text, 60)).not.toMatch(/["<>]/);
    }),
  );
});

test('safeLines keeps lines apart and makes each safe', () => {
  expect(safeLines('one\r\ntwo\u2028three \n</x>')).toEqual(['one', 'two', 'three', '‹/x>']);
  fc.assert(
    fc.property(nastyText, (text) => {
      for (const line of safeLines(text)) {
        expect(line).not.toMatch(forbidden);
        expect(hasTag(line)).toBe(false);
      }
    }),
  );
});

test('clip never cuts a character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
      const cut = clip(text, limit);
      expect(cut.isWellFormed()).toBe(true);
      expect([...cut].length).toBeLessThanOrEqual(Math.max(limit, 1));
    }),
  );
});

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
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const lines = renderQuoted(text)
        .join('\n')
        .split(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      for (const line of lines) expect(line).toMatch(/^( {2}\||$)/);
    }),
    { numRuns: 1_000 },
  );
});

describe('a text of 12 million characters', () => {
  test.for([
    ['letters', 'a'],
    ['words', 'ab '],
    ['joiners', '\u200d'],
    ['marks', '<\u0301'],
    ['marks outside the plane', '\u{1d165}'],
    ['characters of two units', '😀'],
    ['bytes', '\u0001'],
    ['line ends', '\n'],
  ] as const)('of %s is shown cut', ([, unit]) => {
    const text = `<${unit.repeat(12_000_000 / unit.length)}`;
    for (const line of [safeLine(text, 80), ...safeLines(text).slice(-1)]) {
      expect(line).not.toMatch(forbidden);
      expect([...line].length).toBeLessThanOrEqual(80);
      expect(line.endsWith('…')).toBe(true);
    }
    expect(renderQuoted(text).at(-1)).toBe('  | …');
    expect([...clip(text, 80)].length).toBe(80);
  });
});
