import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InstalledUser, makeInstalledUser } from '../../bench/world/installed-user.ts';
import { buildAll } from '../../scripts/build.ts';

let base: string;
let person: InstalledUser;

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-cron-')));
  const dist = join(base, 'dist');
  await buildAll(dist);
  person = makeInstalledUser(join(base, 'home'), dist);
  const folder = join(person.project, '.claude/docket/plans');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'backup-check.md'), '# Check the backups\n- [ ] Restore one\n');
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

/** Runs a line of a crontab as cron does: its own session, no terminal, hardly any variables. */
function cron(line: string): Promise<{ code: number | null; output: string }> {
  const { HOME } = person.env;
  const env = { HOME, LOGNAME: 'alice', SHELL: '/bin/sh', PATH: '/usr/bin:/bin' };
  const child = spawn('/bin/sh', ['-c', line], {
    env,
    cwd: HOME,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test('a crontab’s line, run 20 times at once and later again, makes its plan once', async () => {
  const line = (word: string) =>
    `cd ~/web && '${person.command}' plan --template backup-check --once ${word}`;
  // The list is there already, as where docket is in use.
  expect(await cron(`cd ~/web && '${person.command}' list`)).toMatchObject({ code: 0 });
  const runs = await Promise.all(Array.from({ length: 20 }, () => cron(line('2026-12'))));
  expect(runs.filter(({ code }) => code !== 0)).toEqual([]);
  const made = runs.filter(({ output }) => output.startsWith('Created web-'));
  const told = runs.filter(({ output }) => output.startsWith('Made already for 2026-12: web-'));
  expect([made.length, told.length]).toEqual([1, 19]);
  const [key = 'none'] = /web-\w+/.exec(made[0]?.output ?? '') ?? [];
  expect(told.every(({ output }) => output.includes(key))).toBe(true);
  expect((await cron(line('2026-12'))).output).toContain(`Made already for 2026-12: ${key}`);
  expect((await cron(line('2027-01'))).output).toContain('Created web-');
});
