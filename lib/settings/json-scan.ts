import { printParseErrorCode, visit } from 'jsonc-parser';
import { DocketError } from '../model/errors.ts';

/** A value in a JSON text, with the offsets of its first character and of the text after it. */
export type JsonNode = JsonContainer | JsonScalar;

export interface JsonScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
}

/** An object or an array. Both are edited alike: children with commas between them. */
export interface JsonContainer {
  readonly kind: 'object' | 'array';
  readonly start: number;
  readonly end: number;
  readonly children: readonly JsonChild[];
}

/** A member of an object, from its key on, or an item of an array (which has no key). */
export interface JsonChild {
  readonly start: number;
  readonly end: number;
  readonly key: string | undefined;
  readonly value: JsonNode;
}

/** A container whose end has not been read yet. */
interface OpenContainer {
  readonly kind: 'object' | 'array';
  readonly start: number;
  readonly children: JsonChild[];
  /** The member that is being read. */
  member?: { readonly key: string; readonly start: number };
}

interface Scan {
  readonly text: string;
  readonly name: string;
  /** Open containers, the outermost first. */
  readonly open: OpenContainer[];
  root?: JsonNode;
  /** The words for what may come next. */
  expected: string;
  /** The offset of the last comma, while nothing has followed it. */
  comma: number | undefined;
}

// The limit lies far beyond any settings file, and well within the stack.
const maxDepth = 500;

const aKey = 'a key in double quotes';
const aValue = 'a value';

/** The names of jsonc-parser for errors inside a string. */
const brokenString: ReadonlySet<string> = new Set([
  'UnexpectedEndOfString',
  'InvalidUnicode',
  'InvalidEscapeCharacter',
  'InvalidCharacter',
]);

/**
 * Scans strict JSON, as Claude Code reads it: with comments or a trailing comma `claude -p` ignores
 * the whole file without a word (2.1.328). Claude Code accepts a byte order mark, and a key that is
 * there twice, of which the last one counts.
 *
 * @throws DocketError `invalid_settings`, at the first error.
 */
export function scanJson(text: string, name: string): JsonNode {
  const scan: Scan = { text, name, open: [], expected: aValue, comma: undefined };
  visit(
    text.replace(/^\uFEFF/, ' '),
    {
      onObjectBegin: (start) => begin(scan, 'object', start),
      onArrayBegin: (start) => begin(scan, 'array', start),
      onObjectEnd: (at) => end(scan, at),
      onArrayEnd: (at) => end(scan, at),
      onObjectProperty: (key, start) => addKey(scan, key, start),
      onLiteralValue: (_, start, length) =>
        add(scan, { kind: 'scalar', start, end: start + length }),
      onSeparator: (separator, at) => {
        const isKeyNext = separator === ',' && scan.open.at(-1)?.kind === 'object';
        expect(scan, isKeyNext ? aKey : aValue);
        scan.comma = separator === ',' ? at : undefined;
      },
      onError: (error, at) => {
        throw explain(scan, printParseErrorCode(error), at);
      },
    },
    { disallowComments: true },
  );
  if (scan.root === undefined) throw explain(scan, 'ValueExpected', text.length);
  return scan.root;
}

function begin(scan: Scan, kind: 'object' | 'array', start: number): void {
  if (scan.open.length >= maxDepth) {
    throw broken(scan, start, `nested deeper than ${maxDepth} levels`);
  }
  scan.open.push({ kind, start, children: [] });
  expect(scan, kind === 'object' ? aKey : aValue);
}

function end(scan: Scan, at: number): void {
  // The parser also ends containers at the end of the text, and reports the error afterwards.
  if (scan.text[at] !== closing(scan)) return;
  const container = scan.open.pop();
  if (container === undefined) return;
  const { kind, start, children } = container;
  add(scan, { kind, start, end: at + 1, children });
}

function addKey(scan: Scan, key: string, start: number): void {
  const object = scan.open.at(-1);
  if (object === undefined) return;
  object.member = { key, start };
  expect(scan, '":"');
}

function add(scan: Scan, value: JsonNode): void {
  const parent = scan.open.at(-1);
  if (parent === undefined) {
    scan.root = value;
    return;
  }
  const { key, start } = parent.member ?? { key: undefined, start: value.start };
  parent.children.push({ start, end: value.end, key, value });
  expect(scan, `"," or "${closing(scan)}"`);
}

function expect(scan: Scan, what: string): void {
  scan.expected = what;
  scan.comma = undefined;
}

function closing({ open }: Scan): '}' | ']' {
  return open.at(-1)?.kind === 'object' ? '}' : ']';
}

function explain(scan: Scan, error: string, at: number): DocketError {
  const { text, root, comma, expected } = scan;
  if (brokenString.has(error)) {
    return broken(scan, at, 'a string that does not end on its line, or with a bad character');
  }
  if (root !== undefined)
    return broken(scan, at, `${seen(text, at)} after the end of the document`);
  const close = closing(scan);
  return comma !== undefined && text[at] === close
    ? broken(scan, comma, `a comma before "${close}"`)
    : broken(scan, at, `${seen(text, at)} where ${expected} is expected`);
}

function seen(text: string, at: number): string {
  const point = text.codePointAt(at);
  if (point === undefined) return 'the end of the file';
  return /^\/[/*]/.test(text.slice(at, at + 2))
    ? 'a comment'
    : JSON.stringify(String.fromCodePoint(point));
}

/** Makes the error for a text that is broken at an offset. */
export function broken(
  { text, name }: Pick<Scan, 'text' | 'name'>,
  at: number,
  what: string,
): DocketError {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const column = (lines.at(-1) ?? '').replace('\uFEFF', '').length + 1;
  return new DocketError(
    'invalid_settings',
    `${name} is broken at line ${lines.length}, column ${column}: ${what}`,
    {
      hint: 'Mend it by hand (strict JSON: no comments, no trailing commas), then run this again.',
    },
  );
}
