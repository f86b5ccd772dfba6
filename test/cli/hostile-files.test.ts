import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepository, makeSetupUser } from '../install/setup-user.ts';

/** What can stand in a file's place, of a repository or of an archive that was unpacked. */
const stands: Readonly<Record<string, (path: string) => unknown>> = {
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
  'a link to /dev/zero': (path) => symlinkSync('/dev/zero', path),
  'a link to /proc/self/pagemap': (path) => symlinkSync('/proc/self/pagemap', path),
  'a link to /proc/kmsg': (path) => symlinkSync('/proc/kmsg', path),
  'a link to itself': (path) => symlinkSync(path, path),
};

const files = [
  ...['.claude/docket.json', '.claude/settings.json', '.claude/settings.local.json', 'CLAUDE.md'],
  ...['.claude/docket/hook', '.claude/agents/coding-agent.md', '.git', '.claude', '.mcp.json'],
  ...['../home/.claude/settings.json', '../home/.config/docket/config.json'],
  ...['../home/.config/docket/trusted.json', '../home/.local/state/docket/hook.log'],
  ...['../home/.local/bin/docket', '../home/.local/share/docket/docket.db'],
];

const commandLines = [
  ...[['list'], ['where'], ['doctor'], ['init', '--agents', '--claude-md'], ['init', '--user']],
  ...[['uninstall', '--dry-run'], ['uninstall', '--user'], ['create', 'x'], ['trust']],
];

test.for(Object.entries(stands))(
  '%s in the place of any file holds no command up',
  { timeout: 120_000 },
  async ([, put]) => {
    const person = makeSetupUser();
    const folder = makeRepository(person, 'web');
    expect((await person.docket(folder, 'init', '--agents', '--claude-md')).exitCode).toBe(0);
    const before = join(person.base, 'before');
    cpSync(folder, before, { recursive: true });
    for (const file of files) {
      const path = join(folder, file);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true });
      put(path);
      for (const words of commandLines) {
        const { stderr } = await person.docket(folder, ...words);
        expect(`${file}: ${stderr}`).not.toContain('internal error');
      }
      rmSync(path, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
      cpSync(before, folder, { recursive: true });
    }
  },
);

test('the folders of a linked worktree may lead to files without an end', async () => {
  const person = makeSetupUser();
  const folder = join(person.base, 'linked');
  const own = join(person.base, 'own');
  mkdirSync(folder);
  mkdirSync(own);
  writeFileSync(join(folder, '.git'), `gitdir: ${own}\n`);
  symlinkSync('/proc/self/pagemap', join(own, 'commondir'));
  expect((await person.docket(folder, 'where')).exitCode).toBe(0);
});
