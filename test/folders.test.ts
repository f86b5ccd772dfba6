import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * The folders of each room, the ground floor first; `.` is the room itself. A file imports from its
 * own folder and from lower floors, so that no folders form a circle.
 */
const rooms: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'lib/tracker': [
    ['.'],
    ['database', 'write'],
    ['derive'],
    ['transaction'],
    ['registry', 'runs'],
    ['view'],
    ['reads', 'tasks'],
    ['billing', 'insights', 'undo'],
    ['agents', 'archive', 'moving'],
    ['backup', 'past'],
  ],
  'lib/model': [
    ['.'],
    ['task'],
    ['arguments', 'prompt'],
    ['plan', 'run'],
    ['report'],
    ['registry'],
    ['answers', 'billing'],
    ['checklist', 'figures', 'foreign', 'notify'],
  ],
  'lib/render': [
    ['text'],
    ['bill', 'checklist', 'prompt', 'registry'],
    ['task'],
    ['figures', 'notify', 'run'],
  ],
  'lib/store': [
    ['.'],
    ['mysql/wire', 'sql'],
    ['migrations'],
    ['moving', 'mysql', 'sqlite', 'tables'],
    ['queries'],
  ],
  'lib/install': [['.', 'files'], ['parts'], ['checks'], ['verify'], ['phases'], ['verbs']],
  cli: [['terminal'], ['command'], ['completion', 'flags'], ['commands'], ['.']],
};

type Sources = ReadonlyMap<string, string>;

/** Every source file of some folders, by its path from the root; what is generated is left out. */
function readSources(...folders: readonly string[]): Sources {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (!name.endsWith('.ts') || name.endsWith('.gen.ts')) continue;
      sources.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return sources;
}

function folderOf(room: string, path: string): string {
  return relative(room, dirname(path)) || '.';
}

/** Imports within a room that do not go to a lower floor; imports of types count as well. */
function findClimbs(room: string, sources: Sources): readonly string[] {
  const floors = rooms[room] ?? [];
  const floorOf = (folder: string) => floors.findIndex((floor) => floor.includes(folder));
  const climbs: string[] = [];
  for (const [path, text] of sources) {
    const from = folderOf(room, path);
    for (const [, target = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const imported = join(dirname(path), target);
      if (!imported.startsWith(`${room}/`)) continue;
      const to = folderOf(room, imported);
      if (to !== from && floorOf(to) >= floorOf(from)) climbs.push(`${path} imports ${imported}`);
    }
  }
  return climbs;
}

test.each(Object.keys(rooms))('the folders of %s stand on the floors that are stated', (room) => {
  const sources = readSources(room);
  const folders = new Set([...sources.keys()].map((path) => folderOf(room, path)));
  expect((rooms[room] ?? []).flat().sort()).toEqual([...folders].sort());
  expect(findClimbs(room, sources)).toEqual([]);
});

test.each([
  ['lib/tracker', 'lib/tracker/derive/x.ts', "import type { Claim } from '../tasks/claim.ts';"],
  ['lib/tracker', 'lib/tracker/x.ts', "export { claimTask } from './tasks/claim.ts';"],
  ['lib/model', 'lib/model/prompt/x.ts', "import type { TaskView } from '../answers/task.ts';"],
  ['lib/store', 'lib/store/mysql/wire/x.ts', "await import('../driver.ts');"],
  ['lib/store', 'lib/store/tables/x.ts', "import {\n  list,\n} from '../queries/recap.ts';"],
  ['lib/install', 'lib/install/parts/x.ts', "import type { Check } from '../checks/git.ts';"],
  ['cli', 'cli/flags/x.ts', "import type { RunResult } from '../main.ts';"],
])('an import that climbs in %s is found: %s', (room, path, text) => {
  const climbs = findClimbs(room, new Map([...readSources(room), [path, text]]));
  expect(climbs).toContainEqual(expect.stringContaining(`${path} imports ${room}/`));
});

const mostFiles = 32;
const mostLines = 250;

/** One command or operation a file: they are looked up by name, never read through. */
const catalogues = new Set(['cli/commands', 'lib/operations']);

test(`a folder holds at most ${mostFiles} files`, () => {
  const counts = new Map<string, number>();
  for (const path of readSources('lib', 'cli', 'hooks').keys()) {
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  }
  const crowded = [...counts].filter(
    ([folder, count]) => count > mostFiles && !catalogues.has(folder),
  );
  expect(crowded).toEqual([]);
});

test(`a file has at most ${mostLines} lines`, () => {
  const long = [...readSources('lib', 'cli', 'hooks')]
    .map(([path, text]) => [path, text.trimEnd().split('\n').length] as const)
    .filter(([, lines]) => lines > mostLines);
  expect(long).toEqual([]);
});
