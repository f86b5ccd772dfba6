import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { builtHooks } from '../hooks/built-hooks.ts';
import { workspace } from './cli-harness.ts';

// Scripts, jobs and other tools than Claude Code run docket without a session and a terminal.

async function openScripts() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-scripts-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const cwd = join(home, 'web');
  mkdirSync(join(cwd, '.claude'), { recursive: true });
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(cwd, '.claude/docket.json'), JSON.stringify({ workspace }));
  const command = join(home, 'bin/docket');
  const entry = join(await builtHooks(), 'docket.cjs');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`, {
    mode: 0o755,
  });
  const env = { HOME: home, PATH: `${home}/bin:/usr/bin:/bin`, DOCKET_ACTOR: 'alice@one' };

  function script(text: string, more: Record<string, string> = {}) {
    return new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile('sh', ['-c', text], { cwd, env: { ...env, ...more } }, done);
      child.stdin?.end();
      function done(error: Error | null, stdout: string, stderr: string) {
        resolve({
          exitCode: error === null ? 0 : Number((error as { code?: unknown }).code),
          stdout,
          stderr,
        });
      }
    });
  }

  async function create(): Promise<string> {
    const { stdout } = await script("docket create 'Task' --json");
    return JSON.parse(stdout).data.task.key;
  }

  return { home, script, create };
}

test('of eight commands at the same time one gets the task', async () => {
  const { script, create } = await openScripts();
  const key = await create();
  const runs = await Promise.all(Array.from({ length: 8 }, () => script(`docket claim ${key}`)));
  expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 4, 4, 4, 4, 4, 4, 4]);
  expect(runs.filter(({ stdout }) => stdout.startsWith('Claimed'))).toHaveLength(1);
  for (const { stderr } of runs.filter(({ exitCode }) => exitCode === 4)) {
    expect(stderr).toContain(`${key} is claimed by alice@one`);
    expect(stderr).toContain('set DOCKET_SESSION=NAME');
  }
});

test('so it is when one script starts them', async () => {
  const { script, create } = await openScripts();
  const key = await create();
  const many = `for i in 1 2 3 4; do docket claim ${key} 2>&1 & done; wait`;
  const { stdout } = await script(many);
  expect(stdout.match(/^Claimed/gm)).toHaveLength(1);
});

test('a script claims a task, notes and closes it, command by command, and its time counts', async () => {
  const { home, script, create } = await openScripts();
  const key = await create();
  const steps = `docket claim ${key} && docket note ${key} 'halfway' && docket close ${key} --outcome 'done'`;
  expect(await script(steps)).toMatchObject({ exitCode: 0, stderr: '' });
  const db = new DatabaseSync(join(home, '.local/share/docket/docket.db'));
  const sessions = db.prepare('SELECT id FROM sessions').all();
  const runs = db.prepare('SELECT session_id, status FROM agent_runs').all();
  db.close();
  // The command that claimed, and none that looked, noted or closed.
  expect(sessions).toEqual([{ id: expect.stringMatching(/^terminal:alice@one#/) }]);
  expect(runs).toEqual([{ session_id: sessions[0]?.id, status: 'completed' }]);
});

test('another person’s script is kept from it', async () => {
  const { script, create } = await openScripts();
  const key = await create();
  await script(`docket claim ${key}`);
  const bob = { DOCKET_ACTOR: 'bob@two' };
  expect(await script(`docket close ${key}`, bob)).toMatchObject({ exitCode: 4 });
  expect(await script(`docket release ${key}`)).toMatchObject({ exitCode: 0 });
});

test('DOCKET_SESSION makes the commands of a script one worker', async () => {
  const { script, create } = await openScripts();
  const key = await create();
  const again = `docket claim ${key} && docket claim ${key}`;
  expect(await script(again)).toMatchObject({ exitCode: 4 });
  await script(`docket release ${key}`);
  const nightly = { DOCKET_SESSION: 'nightly' };
  expect(await script(again, nightly)).toMatchObject({ exitCode: 0 });
  expect(await script(`docket claim ${key}`, { DOCKET_SESSION: 'other' })).toMatchObject({
    exitCode: 4,
  });
});

test('git names the person of a script, who looks up nothing for that', async () => {
  const { home, script, create } = await openScripts();
  const key = await create();
  const log = join(home, 'asked');
  writeFileSync(join(home, 'bin/git'), `#!/bin/sh\necho "$*" >>'${log}'\necho 'Alice Example'\n`, {
    mode: 0o755,
  });
  const env = { DOCKET_ACTOR: '' };
  expect((await script(`docket list && docket show ${key}`, env)).exitCode).toBe(0);
  expect(() => readFileSync(log)).toThrow();
  const { stdout } = await script(`docket claim ${key} --json`, env);
  expect(JSON.parse(stdout).data.task.claim.actor).toBe('Alice Example');
  expect(readFileSync(log, 'utf8')).toBe('config --get user.name\n');
});
