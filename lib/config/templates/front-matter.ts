import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** What stands above a template's checklist. */
export interface FrontMatter {
  readonly value: unknown;
  /** Finds the line of a field, or of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** What keeps front matter from being read, and its line in the file. */
export interface BadFrontMatter {
  readonly line: number;
  readonly problem: string;
}

/**
 * Reads front matter, which begins on the file's second line. It is YAML, because people and models
 * write that without being told how; the package that reads it is in a bundle of its own.
 */
export function parseFrontMatter(text: string): FrontMatter | BadFrontMatter {
  try {
    return parse(text);
  } catch (error) {
    // Too many aliases, or deeper than the stack.
    return { line: 2, problem: error instanceof Error ? error.message : String(error) };
  }
}

function parse(text: string): FrontMatter | BadFrontMatter {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line + 1;
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) return { line: lineAt(wrong.pos[0]), problem: wrong.message };
  let bare: number | undefined;
  visit(document, {
    Map: (_, { range }) => {
      if (range && text.startsWith('{{', range[0])) bare ??= range[0];
    },
    Pair: (_, { key, value }) => {
      if (isScalar(key) && (key.value === 'default' || key.value === 'values')) keepText(value);
    },
  });
  if (bare !== undefined) {
    const problem = "a value that begins with {{ stands in quotes: '{{name}}'";
    return { line: lineAt(bare), problem };
  }
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    lineOf: (path) => lineAt(offsetOf(document.contents, path)),
  };
}

/** Keeps what parameters may be as it was written: `007` is no number there. */
function keepText(value: unknown): void {
  visit(value as Node, {
    Scalar: (_, node) => {
      if (node.source !== undefined && typeof node.value !== 'string') node.value = node.source;
    },
  });
}

function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let at = 0;
  let node = contents;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && item.key.value === step,
    );
    if (pair === undefined) break;
    if (isScalar(pair.key)) at = pair.key.range?.[0] ?? at;
    node = pair.value;
  }
  return at;
}
