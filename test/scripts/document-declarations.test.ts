import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { documentDeclarations, readShapes } from '../../scripts/document-declarations.ts';

test('a schema’s fields are read with their docs, and those of an object in it apart', () => {
  const source = `export const Claim = z.object({
  session: z.string(),
  /** The holder is gone,
   * or silent. */
  stale: z.boolean(),
  place: z.nullable(
    z.object({
      /** A name. */
      host: z.string(),
      folder: z.string(),
    }),
  ),
});
/** One alone says too little. */
const Single = z.object({
  /** A task. */
  task: z.string(),
});
const Plain = z.object({
  one: z.string(),
  other: z.string(),
});
`;
  expect(readShapes(source).map((shape) => [...shape])).toEqual([
    [
      ['host', 'A name.'],
      ['folder', undefined],
    ],
    [
      ['session', undefined],
      ['stale', 'The holder is gone, or silent.'],
      ['place', undefined],
    ],
  ]);
});

test('a declaration gets the docs of the schema that it holds whole, and keeps its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-declarations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const declarations = `export declare const x: Promise<{
    items: {
        by: string | null;
        round: number;
        status: "blocked" | "{";
    }[];
    session: string;
    verb: string;
    seq: number;
    /** Its own. */
    task: string | null;
    title: string | null;
    actor: string;
    agent: string;
    old: unknown;
    new: unknown;
    createdAt: string;
}>;
export interface Other {
    seq: number;
    /** The only one. */
    stale: boolean;
}
`;
  const file = join(folder, 'x.d.ts');
  writeFileSync(file, declarations);
  expect(documentDeclarations(folder)).toBeGreaterThan(1);
  const documented = readFileSync(file, 'utf8');
  expect(documented).toContain(
    "    /** Counts from 1, in the order of the list's history. */\n    seq: number;\n    /** Its own. */\n    task:",
  );
  expect(documented).toContain('export interface Other {\n    seq: number;');
  // Nothing else is changed, and a second time nothing is.
  const before = declarations.split('\n');
  expect(documented.split('\n').filter((line) => before.includes(line))).toEqual(before);
  expect(documentDeclarations(folder)).toBe(0);
});
