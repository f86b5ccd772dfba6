import type { JsonContainer } from './json-scan.ts';

/** A member (with key) or an item (without) to write into a container. */
export interface NewChild {
  readonly key?: string;
  readonly value: unknown;
}

/** The layout of a file, so that additions look like the text around them. */
export interface Layout {
  readonly newline: string;
  readonly unit: string;
}

/**
 * Finds the line ending in use, and one level of indent: that of the first member, else two spaces.
 */
export function layoutOf(text: string, root: JsonContainer): Layout {
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return { newline, unit: ownLineIndent(text, root, 0) ?? '  ' };
}

/**
 * Writes children after the last one. All other text in the file keeps its bytes, so that
 * `removeChildren` of the same children gives the text back; only an empty container forgets its
 * white space.
 */
export function appendChildren(
  text: string,
  container: JsonContainer,
  options: { readonly children: readonly NewChild[]; readonly layout: Layout },
): string {
  const { children, layout } = options;
  const outer = lineIndent(text, container.start);
  const last = container.children.length - 1;
  const indent = ownLineIndent(text, container, last) ?? outer + layout.unit;
  const lines = children.map((child) => layout.newline + indent + render(child, indent, layout));
  const end = container.children.at(-1)?.end;
  if (end !== undefined) {
    return splice(text, { start: end, end }, lines.map((line) => `,${line}`).join(''));
  }
  const [open, close] = container.kind === 'object' ? ['{', '}'] : ['[', ']'];
  return splice(text, container, open + lines.join(',') + layout.newline + outer + close);
}

/** Takes children out, each with one of the commas around it. */
export function removeChildren(
  text: string,
  container: JsonContainer,
  options: { readonly indexes: ReadonlySet<number> },
): string {
  const kept = container.children.filter((_, index) => !options.indexes.has(index));
  const firstKept = kept[0];
  if (firstKept === undefined) {
    return splice(text, container, container.kind === 'object' ? '{}' : '[]');
  }
  let result = text;
  for (let index = container.children.length - 1; index >= 0; index -= 1) {
    const child = container.children[index];
    const previous = container.children[index - 1];
    if (child === undefined || !options.indexes.has(index)) {
      continue;
    }
    if (child.start > firstKept.start) {
      result = splice(result, { start: previous?.end ?? child.start, end: child.end }, '');
    } else if (index === 0) {
      result = splice(result, { start: child.start, end: firstKept.start }, '');
    }
  }
  return result;
}

/** Puts `replacement` in place of a span. */
export function splice(
  text: string,
  span: { readonly start: number; readonly end: number },
  replacement: string,
): string {
  return text.slice(0, span.start) + replacement + text.slice(span.end);
}

/** Finds the indent of a child that begins its own line; undefined when it shares one. */
function ownLineIndent(text: string, container: JsonContainer, index: number): string | undefined {
  const child = container.children[index];
  const before = container.children[index - 1]?.end ?? container.start;
  return child && /[\r\n]([ \t]*)$/.exec(text.slice(before, child.start))?.[1];
}

function lineIndent(text: string, at: number): string {
  return /(?:^|[\r\n])([ \t]*)[^\r\n]*$/.exec(text.slice(0, at))?.[1] ?? '';
}

function render(child: NewChild, indent: string, layout: Layout): string {
  const key = child.key === undefined ? '' : `${JSON.stringify(child.key)}: `;
  // JSON.stringify cuts an indent at ten characters; it writes tabs nowhere else unescaped.
  const lines = JSON.stringify(child.value, null, '\t').split('\n');
  const laidOut = lines.map((line) => line.replace(/^\t+/, (t) => layout.unit.repeat(t.length)));
  return key + laidOut.join(layout.newline + indent);
}
