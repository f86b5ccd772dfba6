import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanJson } from '../../lib/settings/json-scan.ts';
import { anyLayoutOf } from './layout-arbitrary.ts';

function messageFor(text: string): string {
  try {
    scanJson(text, 'settings.json');
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_settings', hint: expect.any(String) });
    return String(error);
  }
  return 'accepted';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{\n  // mine\n  "a": 1\n}', 'line 2, column 3: a comment where a key'],
  ['{\n  "a": 1, /* mine */\n}', 'line 2, column 11: a comment where a key'],
  ['{\r\n  "a": [1,\r\n  ]\r\n}', 'line 2, column 10: a comma before "]"'],
  ['{\n\t"a": 1,\n}', 'line 2, column 8: a comma before "}"'],
  ['{"a": 1 "b": 2}', 'line 1, column 9: "\\"" where "," or "}" is expected'],
  ['\uFEFF{"a" 1}', 'line 1, column 6: "1" where ":" is expected'],
  ['{a: 1}', 'line 1, column 2: "a" where a key in double quotes is expected'],
  ['{"a": tru}', 'line 1, column 7: "t" where a value is expected'],
  ['{"a": 01}', 'line 1, column 8: "1" where "," or "}" is expected'],
  ['{"a": "b\n"}', 'line 1, column 7: a string that does not end on its line'],
  ['{"a": "\\x"}', 'line 1, column 7: a string'],
  ['{"a": 1', 'line 1, column 8: the end of the file where "," or "}"'],
  ['{}\n}', 'line 2, column 1: "}" after the end of the document'],
  ['['.repeat(100_000), 'line 1, column 501: nested deeper than 500 levels'],
])('%j is refused with its place', (text, message) => {
  expect(messageFor(text)).toContain(`settings.json is broken at ${message}`);
});

describe('scanJson', () => {
  test('accepts what JSON.parse accepts, and nothing else', () => {
    const letters = fc.constantFrom(...'{}[],:"\\/* \n\t\r0e-.tu#', 'null', '\u0000', 'é');
    const bent = fc
      .tuple(fc.jsonValue().chain(anyLayoutOf), fc.array(fc.tuple(fc.nat(), fc.nat(2), letters)))
      .map(([text, bends]) =>
        bends.slice(0, 2).reduce(
          (bending, [where, length, letter]) => {
            const at = where % (bending.length + 1);
            return bending.slice(0, at) + letter + bending.slice(at + length);
          },
          text.replace(/^\uFEFF/, ''),
        ),
      );
    let refused = 0;
    fc.assert(
      fc.property(bent, (text) => {
        const message = messageFor(text);
        expect(message === 'accepted').toBe(isJson(text));
        refused += message === 'accepted' ? 0 : 1;
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test('gives each child the span of its text', () => {
    const text = '\uFEFF { "a" : [1, "é" ],"b":{} }';
    const root = scanJson(text, 'settings.json');
    const children = root.kind === 'scalar' ? [] : root.children;
    expect(children.map((child) => text.slice(child.start, child.end))).toEqual([
      '"a" : [1, "é" ]',
      '"b":{}',
    ]);
    expect(children.map((child) => child.key)).toEqual(['a', 'b']);
  });
});
