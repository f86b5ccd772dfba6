import { DocketError } from '../model/errors.ts';

/** A value in a JSON text, with the offsets of its first character and of what follows it. */
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

interface Cursor {
  readonly text: string;
  readonly name: string;
  at: number;
}

// Far beyond any settings file, and well within the stack.
const maxDepth = 500;

/**
 * Scans strict JSON, as Claude Code reads it: with comments or a trailing comma `claude -p`
 * ignores the whole file without a word (2.1.328). A byte order mark it accepts. Duplicate keys it
 * accepts too, the last one winning; they are refused here, since an edit to either would mislead.
 */
export function scanJson(text: string, name: string): JsonNode {
  const cursor: Cursor = { text, name, at: text.startsWith('\uFEFF') ? 1 : 0 };
  skipSpace(cursor);
  const root = scanValue(cursor, 0);
  skipSpace(cursor);
  if (cursor.at < text.length) {
    throw broken(cursor, cursor.at, `${seen(cursor)} after the end of the document`);
  }
  return root;
}

function scanValue(cursor: Cursor, depth: number): JsonNode {
  const start = cursor.at;
  const first = cursor.text[start];
  if (first === '{' || first === '[') {
    return scanContainer(cursor, first === '{' ? 'object' : 'array', depth);
  }
  if (first === '"') {
    scanString(cursor);
  } else if (!skip(cursor, /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y)) {
    throw broken(cursor, start, `${seen(cursor)} where a value is expected`);
  }
  return { kind: 'scalar', start, end: cursor.at };
}

function scanContainer(cursor: Cursor, kind: 'object' | 'array', depth: number): JsonContainer {
  const start = cursor.at;
  if (depth >= maxDepth) {
    throw broken(cursor, start, `nested deeper than ${maxDepth} levels`);
  }
  const close = kind === 'object' ? '}' : ']';
  const children: JsonChild[] = [];
  const keys = new Set<string>();
  cursor.at += 1;
  skipSpace(cursor);
  while (cursor.text[cursor.at] !== close) {
    if (children.length > 0) {
      scanComma(cursor, close);
    }
    const childStart = cursor.at;
    const key = kind === 'object' ? scanKey(cursor, keys) : undefined;
    const value = scanValue(cursor, depth + 1);
    children.push({ start: childStart, end: cursor.at, key, value });
    skipSpace(cursor);
  }
  cursor.at += 1;
  return { kind, start, end: cursor.at, children };
}

function scanComma(cursor: Cursor, close: string): void {
  const comma = cursor.at;
  if (!skip(cursor, /,/y)) {
    throw broken(cursor, comma, `${seen(cursor)} where "," or "${close}" is expected`);
  }
  skipSpace(cursor);
  if (cursor.text[cursor.at] === close) {
    throw broken(cursor, comma, `a comma before "${close}"`);
  }
}

function scanKey(cursor: Cursor, keys: Set<string>): string {
  const start = cursor.at;
  if (cursor.text[start] !== '"') {
    throw broken(cursor, start, `${seen(cursor)} where a key in double quotes is expected`);
  }
  const key = scanString(cursor);
  if (keys.has(key)) {
    throw broken(cursor, start, `the key ${JSON.stringify(key)} is there twice`);
  }
  keys.add(key);
  skipSpace(cursor);
  if (!skip(cursor, /:/y)) {
    throw broken(cursor, cursor.at, `${seen(cursor)} where ":" is expected`);
  }
  skipSpace(cursor);
  return key;
}

function scanString(cursor: Cursor): string {
  const start = cursor.at;
  if (skip(cursor, /"[^"\\]*(?:\\.[^"\\]*)*"/sy)) {
    try {
      return String(JSON.parse(cursor.text.slice(start, cursor.at)));
    } catch {
      // A raw line break or control character, or an escape that JSON does not know: told below.
    }
  }
  throw broken(cursor, start, 'a string that does not end on its line, or with a bad character');
}

function skipSpace(cursor: Cursor): void {
  skip(cursor, /[ \t\r\n]*/y);
}

function skip(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at;
  const found = pattern.test(cursor.text);
  cursor.at = found ? pattern.lastIndex : cursor.at;
  return found;
}

function seen(cursor: Cursor): string {
  const point = cursor.text.codePointAt(cursor.at);
  if (point === undefined) {
    return 'the end of the file';
  }
  return /^\/[/*]/.test(cursor.text.slice(cursor.at, cursor.at + 2))
    ? 'a comment'
    : JSON.stringify(String.fromCodePoint(point));
}

function broken(cursor: Cursor, at: number, what: string): DocketError {
  const lines = cursor.text.slice(0, at).split(/\r\n|\r|\n/);
  const column = (lines.at(-1) ?? '').replace('\uFEFF', '').length + 1;
  return new DocketError(
    'invalid_settings',
    `${cursor.name} is broken at line ${lines.length}, column ${column}: ${what}`,
    {
      hint: 'Mend it by hand (strict JSON: no comments, no trailing commas), then run this again.',
    },
  );
}
