import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderDiff } from '../../lib/settings/unified-diff.ts';

const lines = fc.array(fc.constantFrom('{', '}', '  "a": 1,', '\t"é": 2\r', '', '-- x', '++ y'), {
  maxLength: 30,
});
const anyText = fc
  .tuple(lines, fc.boolean())
  .map(([all, isOpen]) => all.join('\n') + (isOpen || all.length === 0 ? '' : '\n'));

/** Applies a diff by its own line numbers and counts, and checks each line it names. */
function applyDiff(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let taken = 0;
  const [, , ...body] =
    diff.replaceAll('\n\\ No newline at end of file', '\0').match(/[^\n]*\n/g) ?? [];
  for (const line of body) {
    const text = line.slice(1).replace('\0\n', '');
    const header = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n$/.exec(line);
    if (header) {
      const first = Number(header[1]) - (header[2] === '0' ? 0 : 1);
      result.push(...old.slice(taken, first));
      taken = first;
      expect(Number(header[3]) - (header[4] === '0' ? 0 : 1)).toBe(result.length);
      continue;
    }
    if (line[0] !== '+') {
      expect(text).toBe(old[taken]);
      taken += 1;
    }
    if (line[0] !== '-') {
      result.push(text);
    }
  }
  return [...result, ...old.slice(taken)].join('');
}

test('a diff takes the one text to the other', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (before, middle, after) => {
      const one = `${middle}\n${before}\n${middle}`;
      const other = `${middle}\n${after}\n${middle}`;
      expect(applyDiff(one, renderDiff(one, other, 'x'))).toBe(other);
      expect(applyDiff(before, renderDiff(before, after, 'x'))).toBe(after);
    }),
    { numRuns: 1000 },
  );
});

test('git applies it, hunk by hunk', async () => {
  const numbered = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const changed = numbered.with(3, 'three').with(20, 'twenty').toSpliced(33, 2);
  const [before, after] = [`${numbered.join('\n')}\n`, changed.join('\n')];
  const diff = renderDiff(before, after, 'settings.json');
  expect(diff.match(/^@@/gm)).toHaveLength(3);
  const folder = await mkdtemp(join(tmpdir(), 'docket-diff-'));
  try {
    await writeFile(join(folder, 'settings.json'), before);
    await execa('git', ['apply', '-'], { cwd: folder, input: diff });
    expect(await readFile(join(folder, 'settings.json'), 'utf8')).toBe(after);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('it reads as people know it', () => {
  expect(renderDiff('a\nb\nc\n', 'a\nB\nc', '.claude/settings.json')).toBe(
    [
      '--- a/.claude/settings.json',
      '+++ b/.claude/settings.json',
      '@@ -1,3 +1,3 @@',
      ' a',
      '-b',
      '-c',
      '+B',
      '+c',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  );
});

test('a file that is new, or to be deleted, is /dev/null on the other side', () => {
  expect(renderDiff(undefined, 'a\n', 'x')).toBe('--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n');
  expect(renderDiff('a\n', undefined, 'x')).toBe('--- a/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n');
});

test('equal texts have no diff', () => {
  expect(renderDiff('a\n', 'a\n', 'x')).toBe('');
  expect(renderDiff(undefined, undefined, 'x')).toBe('');
});
