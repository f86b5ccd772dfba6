/**
 * Puts the docs of fields into the package's declarations: tsc leaves them out of every type that
 * it infers from a schema, and an editor shows nothing else.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The fields of an object's schema, each with its doc comment where it has one. */
type Shape = ReadonlyMap<string, string | undefined>;

interface Field {
  readonly name: string;
  /** The index of its line. */
  readonly line: number;
  /** Whether it has a doc comment of its own. */
  readonly isDocumented: boolean;
}

/** Documents the declarations in a folder; gives how many fields got their docs. */
export function documentDeclarations(folder: string): number {
  const shapes = ['lib/model', 'lib/operations']
    .flatMap((room) => findFiles(join(root, room), '.ts'))
    .flatMap((path) => readShapes(readFileSync(path, 'utf8')))
    .sort((one, other) => other.size - one.size);
  let count = 0;
  for (const path of findFiles(folder, '.d.ts')) {
    const lines = readFileSync(path, 'utf8').split('\n');
    const docs = new Map(readBlocks(lines).flatMap((fields) => docsOf(fields, shapes)));
    if (docs.size === 0) continue;
    count += docs.size;
    const documented = lines.flatMap((line, index) => {
      const doc = docs.get(index);
      return doc === undefined ? [line] : [`${/^ */.exec(line)?.[0] ?? ''}${doc}`, line];
    });
    writeFileSync(path, documented.join('\n'));
  }
  return count;
}

function findFiles(folder: string, end: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(end)).map((name) => join(folder, name));
}

/**
 * Reads the documented schemas of a source file, by its layout. A shape of one field would be found
 * in objects that have nothing to do with it.
 */
export function readShapes(source: string): readonly Shape[] {
  const shapes: Shape[] = [];
  const open: { readonly indent: number; readonly fields: Map<string, string | undefined> }[] = [];
  let comment: string[] = [];
  for (const line of source.split('\n')) {
    const indent = line.search(/\S/);
    const top = open.at(-1);
    if (top !== undefined && indent === top.indent && /^\s*\}/.test(line)) {
      open.pop();
      const isDocumented = [...top.fields.values()].some((doc) => doc !== undefined);
      if (isDocumented && top.fields.size > 1) shapes.push(top.fields);
    }
    const words = /^\s*(?:\/\*\*|\*(?!\/)) ?(.*?)(?: ?\*\/)?$/.exec(line)?.[1];
    if (words !== undefined) {
      comment = /^\s*\/\*\*/.test(line) ? [words] : [...comment, words];
      continue;
    }
    const within = open.at(-1);
    const name = /^\s*(?:get )?(\w+)(?:: |\(\))/.exec(line)?.[1];
    if (within !== undefined && name !== undefined && indent === within.indent + 2) {
      const doc = comment.filter(Boolean).join(' ');
      within.fields.set(name, doc === '' ? undefined : doc);
    }
    if (!/^\s*\*\/$/.test(line)) comment = [];
    if (/z\.(?:object|strictObject|looseObject|extend)\(.*\{$/.test(line)) {
      open.push({ indent, fields: new Map() });
    }
  }
  return shapes;
}

/** Reads the fields of each object type of a declaration file, by its layout. */
function readBlocks(lines: readonly string[]): readonly (readonly Field[])[] {
  const blocks: Field[][] = [];
  const open: { readonly indent: number; readonly fields: Field[] }[] = [];
  lines.forEach((line, index) => {
    if (/^\s*(?:\/?\*|\/\/)/.test(line)) return;
    const indent = line.search(/\S/);
    const top = open.at(-1);
    const name = /^\s*(?:readonly )?(\w+)\??: /.exec(line)?.[1];
    const isDocumented = /\*\/$/.test(lines[index - 1] ?? '');
    if (top !== undefined && name !== undefined && indent === top.indent + 4) {
      top.fields.push({ name, line: index, isDocumented });
    }
    for (const brace of line.replaceAll(/"[^"]*"/g, '').match(/[{}]/g) ?? []) {
      if (brace === '}') {
        blocks.push(open.pop()?.fields ?? []);
      } else {
        open.push({ indent, fields: [] });
      }
    }
  });
  return blocks;
}

/** Gives the docs of an object's fields, by line: those of the largest schema that it holds whole. */
function docsOf(
  fields: readonly Field[],
  shapes: readonly Shape[],
): readonly (readonly [number, string])[] {
  const names = new Set(fields.map(({ name }) => name));
  const held = shapes.filter((shape) => [...shape.keys()].every((name) => names.has(name)));
  return fields.flatMap(({ name, line, isDocumented }) => {
    if (isDocumented) return [];
    const doc = held.find((shape) => shape.has(name))?.get(name);
    return doc === undefined ? [] : [[line, `/** ${doc} */`] as const];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  documentDeclarations(join(root, 'dist/package'));
}
