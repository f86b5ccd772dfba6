import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInputEnd } from '../../lib/hook-io/input-end.ts';

/** The number of pieces after which the input is over; undefined when it never is. */
function endOf(pieces: readonly Buffer[]): number | undefined {
  const findEnd = createInputEnd();
  const index = pieces.findIndex((piece) => findEnd(piece) !== undefined);
  return index === -1 ? undefined : index + 1;
}

function bytesOf(text: string): readonly Buffer[] {
  return [...Buffer.from(text)].map((byte) => Buffer.of(byte));
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', 'ü', '🦄', '\n') }),
);
const anyObject = fc.dictionary(
  text,
  fc.oneof(
    text,
    fc.array(text),
    fc.dictionary(text, fc.oneof(text, fc.double(), fc.constant(null))),
  ),
);

test('an object is over with its last byte, wherever its bytes are parted', () => {
  fc.assert(
    fc.property(
      anyObject,
      fc.constantFrom(undefined, 2, '\t'),
      fc.array(fc.nat()),
      (value, indent, cuts) => {
        const bytes = Buffer.from(` \n${JSON.stringify(value, null, indent)}`);
        const ends = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
        const pieces = [0, ...ends].map((start, index) => bytes.subarray(start, ends[index]));
        expect(endOf(pieces)).toBe(pieces.length);
        const spaced = Buffer.concat([bytes, Buffer.from('\n ')]);
        expect(endOf([spaced])).toBe(1);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.for([
  ['{"a":"}"}', 9],
  ['{"a\\"}":["{",{"b":[]}]}', 23],
  ['{"a":"\\\\"}', 10],
  ['{"ü":"🦄}"}', 14],
  ['\n{}{', 3],
  ['\ufeff{}', 5],
])('%j is over after %j bytes', ([input, count]) => {
  expect(endOf(bytesOf(String(input)))).toBe(count);
});

test.for(['', ' \n', '{', '{"a":"}', '{"a":[}', '{"a":"\\"}'])('%j goes on', (input) => {
  expect(endOf(bytesOf(input))).toBeUndefined();
});

test.for(['null', '"{}"', '}', 'x{}'])(
  '%j begins nothing that could be an input, so nothing more is waited for',
  (input) => {
    expect(endOf(bytesOf(input))).toBe(1);
  },
);

test('what stands behind the input in the same piece is no part of it', () => {
  fc.assert(
    fc.property(anyObject, fc.string({ unit: 'binary' }), (value, rest) => {
      const bytes = Buffer.from(JSON.stringify(value));
      expect(createInputEnd()(Buffer.concat([bytes, Buffer.from(rest)]))).toBe(bytes.length);
    }),
  );
});

test('a long prompt of quotes and backslashes is looked at once', () => {
  const findEnd = createInputEnd();
  let looks = 0;
  const bytes = Buffer.from(JSON.stringify({ prompt: '"\\{}'.repeat(200_000) }));
  for (let start = 0; start < bytes.length; start += 500) {
    const piece = bytes.subarray(start, start + 500);
    looks += piece.length;
    expect(findEnd(piece)).toBe(looks === bytes.length ? piece.length : undefined);
  }
});
