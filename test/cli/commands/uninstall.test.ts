import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, makeSetupUser, type SetupUser } from '../../install/setup-user.ts';

async function uninstall(person: SetupUser, folder: string, ...argv: readonly string[]) {
  const { stdout, exitCode } = await person.docket(folder, 'uninstall', '--json', ...argv);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout).data;
}

/** Files and folders below a folder, with the files' text; git's own left out. */
function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
    .filter(([path]) => !path.startsWith(join(folder, '.git/')) && path !== join(folder, '.git'))
    .map(([path, isFile]) => (isFile ? `${path}: ${readFileSync(path, 'utf8')}` : path))
    .sort();
}

const layouts: Readonly<Record<string, string | undefined>> = {
  'no settings': undefined,
  'an empty object': '{}',
  'two spaces': '{\n  "model": "opus",\n  "permissions": {\n    "allow": []\n  }\n}\n',
  'four spaces': '{\n    "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}\n}',
  tabs: '{\n\t"permissions": {\n\t\t"ask": [\n\t\t\t"TaskCreate"\n\t\t]\n\t}\n}\n',
  'carriage returns': '{\r\n  "model": "opus"\r\n}\r\n',
};

test.each(Object.entries(layouts))('init and uninstall leave %s as it was', async (_, text) => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  if (text !== undefined) {
    mkdirSync(join(folder, '.claude'));
    writeFileSync(join(folder, '.claude/settings.json'), text);
  }
  writeFileSync(join(folder, 'CLAUDE.md'), '# Web, without a final newline');
  const before = tree(folder);
  await person.docket(folder, 'init', '--claude-md');
  expect(tree(folder)).not.toEqual(before);
  await person.docket(folder, 'init', '--claude-md');
  await uninstall(person, folder);
  expect(tree(folder)).toEqual(before);
});

test('the tasks stay, and it says where; a new init finds them again', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  await person.docket(folder, 'create', 'Keep me');
  const { database } = await uninstall(person, folder);
  expect(database).toBe(`sqlite:${join(person.home, '.local/share/docket/docket.db')}`);
  await person.docket(folder, 'init');
  expect((await person.docket(folder, 'list')).stdout).toContain('Keep me');
});

test('a docket.json that holds more than docket wrote stays', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const path = join(folder, '.claude/docket.json');
  writeFileSync(
    path,
    JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), orchestrator: { parallel: 2 } }),
  );
  const { kept } = await uninstall(person, folder);
  expect(kept).toBe(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).orchestrator).toEqual({ parallel: 2 });
});

test('--dry-run shows what would go, and removes nothing', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  const before = tree(folder);
  const { stdout } = await person.docket(folder, 'uninstall', '--dry-run');
  expect(stdout).toContain('--- a/.claude/docket/hook\n+++ /dev/null');
  expect(tree(folder)).toEqual(before);
});

test('where docket never was, there is nothing to change', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  expect((await uninstall(person, folder)).changes).toEqual([]);
  expect(existsSync(join(folder, '.claude'))).toBe(false);
});

test('it works for a project whose docket.json is broken', async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  await person.docket(folder, 'init');
  writeFileSync(join(folder, '.claude/docket.json'), '{ "workspace": ');
  const { kept, database } = await uninstall(person, folder);
  expect(kept).toBe(join(folder, '.claude/docket.json'));
  expect(database).toBeNull();
  expect(existsSync(join(folder, '.claude/settings.json'))).toBe(false);
});
