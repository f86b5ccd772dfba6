const context = 3;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** A unified diff that `patch` and `git apply` take; undefined is a file that does not exist. */
export function renderDiff(
  before: string | undefined,
  after: string | undefined,
  path: string,
): string {
  if (before === after) {
    return '';
  }
  const lines = compare(linesOf(before ?? ''), linesOf(after ?? ''));
  const header = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`,
  ];
  return [...header, ...hunksOf(lines)].join('');
}

/** Lines with their ends; a last line without one is marked as diff does. */
function linesOf(text: string): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.map((line) =>
    line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`,
  );
}

/** The shortest edit, by the longest common subsequence of what lies between equal ends. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  const equal = (lines: readonly string[]) => lines.map((text): Line => ({ sign: ' ', text }));
  return [
    ...equal(before.slice(0, head)),
    ...compareMiddle(
      before.slice(head, before.length - tail),
      after.slice(head, after.length - tail),
    ),
    ...equal(before.slice(before.length - tail)),
  ];
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else {
      lines.push({ sign: '+', text: fresh ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** Groups the changed lines, with the lines around them, under their `@@` headers. */
function* hunksOf(lines: readonly Line[]): Generator<string> {
  let start = 0;
  let [oldLine, newLine] = [1, 1];
  while (start < lines.length) {
    const change = lines.findIndex((line, index) => index >= start && line.sign !== ' ');
    if (change === -1) {
      return;
    }
    const from = Math.max(start, change - context);
    oldLine += from - start;
    newLine += from - start;
    const end = hunkEnd(lines, change);
    const hunk = lines.slice(from, end);
    const oldCount = hunk.filter((line) => line.sign !== '+').length;
    const newCount = hunk.filter((line) => line.sign !== '-').length;
    yield `@@ -${range(oldLine, oldCount)} +${range(newLine, newCount)} @@\n`;
    yield* hunk.map((line) => line.sign + line.text);
    oldLine += oldCount;
    newLine += newCount;
    start = end;
  }
}

function hunkEnd(lines: readonly Line[], change: number): number {
  let last = change;
  for (let index = change; index <= last + 2 * context && index < lines.length; index += 1) {
    last = lines[index]?.sign === ' ' ? last : index;
  }
  return Math.min(lines.length, last + context + 1);
}

function range(line: number, count: number): string {
  return `${count === 0 ? line - 1 : line},${count}`;
}
