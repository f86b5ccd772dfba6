import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from '../../lib/model/shell-word.ts';

const anyCharacter = fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code));

test('a shell reads exactly the text, whatever it is', () => {
  const texts = fc.array(fc.string({ unit: anyCharacter }), {
    minLength: 20,
    maxLength: 20,
  });
  fc.assert(
    fc.property(texts, (given) => {
      const script = `printf '%s\\0' ${given.map(shellWord).join(' ')}`;
      const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
      expect(stdout.split('\0').slice(0, -1)).toEqual(given);
    }),
    { numRuns: 20 },
  );
});

test("apostrophes and a shell's own characters stay themselves", () => {
  expect(shellWord("alice's $HOME `x`")).toBe("'alice'\\''s $HOME `x`'");
});
