import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NoteAnswer, TaskList } from '../../lib/model/answers/task.ts';
import { readBreaker, tripBreaker } from '../../lib/state/breaker.ts';
import { writeSession } from '../../lib/state/session-state.ts';
import { saveSnapshot } from '../../lib/state/snapshot.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { type CliHarness, openCliHarness, workspace } from '../cli/cli-harness.ts';

function makeProject(harness: CliHarness, name: string, config: object): string {
  const folder = join(harness.home, name);
  mkdirSync(join(folder, '.claude'), { recursive: true });
  writeFileSync(join(folder, '.claude/docket.json'), JSON.stringify(config));
  return folder;
}

test("a session's cd into another project does not change its list", async () => {
  const harness = openCliHarness();
  const key = await harness.create('Mine');
  const other = makeProject(harness, 'other', {
    workspace: { id: '01890000-0000-7000-8000-000000000002', slug: 'other' },
  });
  const session = harness.with({ cwd: other, env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.text('list')).not.toContain(key);
  writeSession(`${harness.env.XDG_STATE_HOME}/docket`, 'session-c', { folder: harness.project });
  expect(await session.text('list')).toContain(key);
});

test('a session whose folder is gone uses the folder it stands in', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Mine');
  const gone = join(harness.home, 'gone');
  writeSession(`${harness.env.XDG_STATE_HOME}/docket`, 'session-c', { folder: gone });
  const session = harness.with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.text('list')).toContain(key);
});

test('a command that reached the database ends the pause of the hooks', async () => {
  const harness = openCliHarness();
  await harness.create('Task');
  const folder = `${harness.env.XDG_STATE_HOME}/docket`;
  const id = { database: `sqlite:${harness.database}`, workspace: workspace.id };
  const pause = { now: Date.now(), reason: 'the server is silent' };
  tripBreaker(folder, id, pause);
  expect(readBreaker(folder, id)).toBeDefined();
  await harness.text('list');
  expect(readBreaker(folder, id)).toBeUndefined();
});

test('a subfolder means the same list', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Mine');
  const sub = join(harness.project, 'src/deep');
  mkdirSync(sub, { recursive: true });
  expect(await harness.with({ cwd: sub }).text('list')).toContain(key);
});

test('in a repository without docket every verb says docket init', async () => {
  const harness = openCliHarness();
  const cwd = join(harness.home, 'fresh');
  mkdirSync(join(cwd, '.git'), { recursive: true });
  for (const argv of [['list'], ['create', 'x'], ['claim', '--next']]) {
    expect(await harness.with({ cwd }).error(...argv)).toMatchObject({
      code: 'not_initialised',
      hint: 'docket init',
      exitCode: 1,
    });
  }
  expect(existsSync(harness.database)).toBe(false);
});

test('a database of its own gets the workspace that the project names', async () => {
  const harness = openCliHarness();
  writeFileSync(join(harness.home, 'own.db'), '');
  const key = await harness.create('Task', '--database', `sqlite:${harness.home}/own.db`);
  expect(key).toMatch(/^web-/);
  expect((await harness.json(TaskList, 'list')).total).toBe(0);
  expect(await harness.with({ cwd: harness.home }).text('list', '--all-workspaces')).not.toContain(
    key,
  );
});

test('a relative path in --database is meant from where the command runs', async () => {
  const harness = openCliHarness();
  const cwd = join(harness.project, 'sub');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'here.db'), '');
  const key = await harness.with({ cwd }).create('Task', '--database', 'sqlite:here.db');
  const path = `sqlite:${join(cwd, 'here.db')}`;
  const { tasks } = await harness.json(TaskList, 'list', '--database', path);
  expect(tasks.map((task) => task.key)).toEqual([key]);
  expect((await harness.json(TaskList, 'list')).total).toBe(0);
});

test('a path that is wrong is said, and no file is made there', async () => {
  const harness = openCliHarness();
  const error = await harness.error('list', '--database', 'sqlite:typo.db');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
  expect(error.hint).toContain(`docket init --database 'sqlite:${harness.project}/typo.db'`);
  expect(existsSync(join(harness.project, 'typo.db'))).toBe(false);
});

describe('a list that this machine has seen', () => {
  async function seen(): Promise<CliHarness> {
    const harness = openCliHarness();
    await harness.create('Task');
    const list = {
      slug: 'web',
      seq: 1,
      at: '2026-11-21T10:00:00.000Z',
      mine: [],
      others: [],
      blocked: [],
      ready: [{ key: 'web-k3f9', priority: 2, title: 'Task', plan: null }],
      waiting: [],
      counts: { inProgress: 0, blocked: 0, ready: 1, waiting: 0 },
    };
    const id = { database: `sqlite:${harness.database}`, workspace: workspace.id };
    saveSnapshot(join(harness.home, 'state/docket'), id, { list, readAt: Date.now() });
    return harness;
  }

  test('is not taken for empty when its file is gone', async () => {
    const harness = await seen();
    rmSync(harness.database);
    const error = await harness.error('list');
    expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
    expect(error.message).toContain('is missing');
    expect(existsSync(harness.database)).toBe(false);
    expect(error.hint).toContain('docket list --cached');
    expect(await harness.text('list', '--cached')).toContain('web-k3f9  P2  [ ] Task');
  });

  test('is not taken for empty when only commands have used it', async () => {
    const harness = openCliHarness();
    await harness.create('Task');
    rmSync(harness.database);
    for (const argv of [['list'], ['claim', '--next']]) {
      expect(await harness.error(...argv)).toMatchObject({
        code: 'unreachable',
        exitCode: 69,
        message: `${harness.database} is missing, and the list web with it`,
      });
    }
    expect(existsSync(harness.database)).toBe(false);
  });

  test('is not said to be kept where no prompt has shown it', async () => {
    const harness = openCliHarness();
    await harness.create('Task');
    rmSync(harness.database);
    expect((await harness.error('list')).hint).not.toContain('--cached');
  });

  test('outside any project says what has to go before it can begin anew', async () => {
    const harness = openCliHarness().with({ cwd: '/' });
    await harness.create('Task');
    rmSync(harness.database);
    const { hint = '' } = await harness.error('list');
    const [, files = ''] = /begin an empty list: rm (.*)$/.exec(hint) ?? [];
    expect(files).toMatch(/^'?\/.*state\/docket\/lists\/[^']*'?$/);
    rmSync(files.replaceAll("'", ''));
    expect(await harness.text('list')).toContain('Nothing to do');
  });

  test('is not taken for empty when its file is empty', async () => {
    const harness = await seen();
    writeFileSync(harness.database, '');
    rmSync(`${harness.database}-wal`, { force: true });
    const error = await harness.error('create', 'Task');
    expect(error.message).toContain('does not have the list web any more');
  });
});

test('a database that a project names is used only when the person approved it', async () => {
  const harness = openCliHarness();
  const cwd = makeProject(harness, 'foreign', {
    workspace: { id: '01890000-0000-7000-8000-000000000003', slug: 'foreign' },
    database: 'mysql://db.example.com/tasks',
  });
  const error = await harness.with({ cwd }).error('list');
  expect(error).toMatchObject({ code: 'not_trusted', exitCode: 1 });
  expect(error.hint).toContain("docket trust 'mysql://db.example.com:3306/tasks'");
});

test('--database inside a Claude Code session needs the approval as well', async () => {
  const harness = openCliHarness().with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  const error = await harness.error('list', '--database', 'mysql://192.0.2.1/tasks');
  expect(error.code).toBe('not_trusted');
});

test('a database file that is none ends with exit code 69', async () => {
  const harness = openCliHarness();
  mkdirSync(join(harness.home, 'data/docket'), { recursive: true });
  writeFileSync(
    harness.database,
    'this is no database, it is a text file that got lost here\n'.repeat(20),
  );
  const error = await harness.error('list');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
  expect(error.message).toBe(`${harness.database} is not a database`);
});

test('inside Claude Code the error names the Bash sandbox, which can be why', async () => {
  const harness = openCliHarness();
  mkdirSync(harness.database, { recursive: true });
  expect((await harness.error('list')).hint).not.toContain('sandbox');
  const session = harness.with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.error('list')).toMatchObject({ exitCode: 69 });
  expect((await session.error('list')).hint).toContain('sandbox');
});

test('a server that refuses ends with exit code 69', async () => {
  const error = await openCliHarness().error('list', '--database', 'mysql://127.0.0.1:1/tasks');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
});

test('a broken project file is named', async () => {
  const harness = openCliHarness();
  writeFileSync(join(harness.project, '.claude/docket.json'), '{"workspace":');
  const error = await harness.error('list');
  expect(error).toMatchObject({ code: 'invalid_config', exitCode: 1 });
  expect(error.message).toContain('docket.json');
});

test('a verb writes a heartbeat, at most once a minute', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const stamps = join(harness.home, 'state/docket/stamps');
  expect(readdirSync(stamps)).toEqual([expect.stringMatching(/^session-a-[0-9a-f]{16}$/)]);
  const seen = await lastSeen(harness);
  expect(seen).toHaveLength(1);
  await harness.json(NoteAnswer, 'note', key, 'text');
  expect(await lastSeen(harness)).toEqual(seen);
  rmSync(stamps, { recursive: true });
  await harness.text('list');
  expect((await lastSeen(harness))[0]).not.toBe(seen[0]);
});

async function lastSeen(harness: CliHarness): Promise<readonly unknown[]> {
  const store = await openStore({ kind: 'sqlite', path: harness.database });
  const rows = await store.db.query('SELECT last_seen_at FROM sessions');
  await store.close();
  return rows.map((row) => row.last_seen_at);
}
