import { expect, test } from 'vitest';
import { decodeText } from '../../../cli/terminal/decode-text.ts';

function decode(...parts: readonly (string | readonly number[])[]) {
  const bytes = parts.map((part) =>
    typeof part === 'string' ? Buffer.from(part) : Buffer.from([...part]),
  );
  return decodeText(Buffer.concat(bytes), 'the text');
}

test('UTF-8 is read as it is, without its byte-order mark', () => {
  expect(decode('é 任务 🧪\n')).toBe('é 任务 🧪\n');
  expect(decode([0xef, 0xbb, 0xbf], '# Plan')).toBe('# Plan');
  expect(decode('a replacement \ufffd is a character')).toBe('a replacement \ufffd is a character');
  expect(decode()).toBe('');
});

test.each<[string, readonly (string | readonly number[])[], number, number, string]>([
  ['Latin 1', ['caf', [0xe9], '\n'], 4, 1, '0xe9'],
  ['a later line', ['é\n', 'x\n', 'ab', [0xff]], 8, 3, '0xff'],
  ['after true replacement characters', ['\ufffd\ufffd a', [0xc3]], 9, 1, '0xc3'],
  ['a character that is cut off', ['a', [0xe2, 0x82]], 2, 1, '0xe2'],
  ['half a surrogate pair', [[0xed, 0xa0, 0x80]], 1, 1, '0xed'],
])('%s is not UTF-8, and where is told', (_, parts, byte, line, value) => {
  expect(() => decode(...parts)).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      message: `the text is not UTF-8: byte ${byte}, in line ${line}, is ${value}`,
      hint: 'Convert it first: iconv -f LATIN1 -t UTF-8',
    }),
  );
});

test('UTF-16 is named by its mark', () => {
  expect(() => decode([0xff, 0xfe, 0x61, 0])).toThrow(
    expect.objectContaining({ hint: 'Convert it first: iconv -f UTF-16 -t UTF-8' }),
  );
});
