import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedLine, heredocLine, quoteArgument } from '../../../lib/render/text/shell-quote.ts';
import { nastyText } from '../nasty-text.ts';
import { createShell } from '../shell.ts';

/** What Claude Code 2.1.328 refuses in a command, even in quotes. */
const refused: readonly RegExp[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/u,
  /[\ud800-\udfff]/u,
  /\\u[0-9a-f]{4}/iu,
  /\\(?:\s|$)/u,
  /~\[/u,
  /(?:^|[\s;&|])=[a-z_]/iu,
  /<\d*-\d*>/u,
];

test('no text keeps what the permission rules refuse', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const line = allowedLine(text);
      for (const pattern of refused) expect(line).not.toMatch(pattern);
      expect(allowedLine(line)).toBe(line);
    }),
    { numRuns: 5_000 },
  );
});

test('an argument holds nothing that a shell reads in its quotes', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const quoted = quoteArgument(text);
      expect(quoted).toMatch(/^(?:'[^']*'|"[^"\\$`!]*")$/);
      for (const pattern of refused) expect(quoted.slice(1, -1)).not.toMatch(pattern);
    }),
    { numRuns: 5_000 },
  );
});

test('a shell hands the argument over as it was, and runs nothing else', () => {
  const shell = createShell();
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 1, maxLength: 6 }), (texts) => {
      const [call, ...others] = shell(`docket note KEY ${texts.map(quoteArgument).join(' ')}`);
      expect(others).toEqual([]);
      const delivered = texts.map((text) => allowedLine(text).replaceAll("'", '’'));
      const given = call?.argv.slice(2).map((text) => text.replaceAll("'", '’'));
      expect(given).toEqual(delivered);
    }),
    { numRuns: 300 },
  );
});

test.for([
  ['plain words', "'plain words'"],
  ["it's done", '"it\'s done"'],
  ["it's $5", "'it’s $5'"],
  ['$HOME and `id` and "x"', '\'$HOME and `id` and "x"\''],
  ['a\nb', "'a b'"],
  ['', "''"],
] as const)('%j is quoted as %s', ([text, quoted]) => {
  expect(quoteArgument(text)).toBe(quoted);
});

test('a heredoc’s line has no quote that a brace could stand before', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const line = heredocLine(text);
      expect(line).not.toMatch(/["']/);
      for (const pattern of refused) expect(line).not.toMatch(pattern);
    }),
  );
});
