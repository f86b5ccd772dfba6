import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NoteAnswer, TaskList } from '../../lib/model/answers/task.ts';
import { writeSession } from '../../lib/state/session-state.ts';
import { saveSnapshot } from '../../lib/state/snapshot.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { type Desk, openDesk, workspace } from './desk.ts';

function makeProject(desk: Desk, name: string, config: object): string {
  const folder = join(desk.home, name);
  mkdirSync(join(folder, '.claude'), { recursive: true });
  writeFileSync(join(folder, '.claude/docket.json'), JSON.stringify(config));
  return folder;
}

test("a session's cd into another project does not change its list", async () => {
  const desk = openDesk();
  const key = await desk.create('Mine');
  const other = makeProject(desk, 'other', {
    workspace: { id: '01890000-0000-7000-8000-000000000002', slug: 'other' },
  });
  const session = desk.with({ cwd: other, env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.text('list')).not.toContain(key);
  writeSession(`${desk.env.XDG_STATE_HOME}/docket`, 'session-c', { folder: desk.project });
  expect(await session.text('list')).toContain(key);
});

test('a session whose folder is gone uses the folder it stands in', async () => {
  const desk = openDesk();
  const key = await desk.create('Mine');
  const gone = join(desk.home, 'gone');
  writeSession(`${desk.env.XDG_STATE_HOME}/docket`, 'session-c', { folder: gone });
  const session = desk.with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.text('list')).toContain(key);
});

test('a subfolder means the same list', async () => {
  const desk = openDesk();
  const key = await desk.create('Mine');
  const sub = join(desk.project, 'src/deep');
  mkdirSync(sub, { recursive: true });
  expect(await desk.with({ cwd: sub }).text('list')).toContain(key);
});

test('in a repository without docket every verb says docket init', async () => {
  const desk = openDesk();
  const cwd = join(desk.home, 'fresh');
  mkdirSync(join(cwd, '.git'), { recursive: true });
  for (const argv of [['list'], ['create', 'x'], ['claim', '--next']]) {
    expect(await desk.with({ cwd }).error(...argv)).toMatchObject({
      code: 'not_initialised',
      hint: 'docket init',
      exitCode: 1,
    });
  }
  expect(existsSync(desk.database)).toBe(false);
});

test('a database of its own gets the workspace that the project names', async () => {
  const desk = openDesk();
  writeFileSync(join(desk.home, 'own.db'), '');
  const key = await desk.create('Task', '--database', `sqlite:${desk.home}/own.db`);
  expect(key).toMatch(/^web-/);
  expect((await desk.json(TaskList, 'list')).total).toBe(0);
  expect(await desk.with({ cwd: desk.home }).text('list', '--all-workspaces')).not.toContain(key);
});

test('a relative path in --database is meant from where the command runs', async () => {
  const desk = openDesk();
  const cwd = join(desk.project, 'sub');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'here.db'), '');
  await desk.with({ cwd }).create('Task', '--database', 'sqlite:here.db');
  expect(statSync(join(cwd, 'here.db')).size).toBeGreaterThan(0);
});

test('a path that is wrong is said, and no file is made there', async () => {
  const desk = openDesk();
  const error = await desk.error('list', '--database', 'sqlite:typo.db');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
  expect(error.hint).toContain(`docket init --database 'sqlite:${desk.project}/typo.db'`);
  expect(existsSync(join(desk.project, 'typo.db'))).toBe(false);
});

describe('a list that this machine has seen', () => {
  async function seen(): Promise<Desk> {
    const desk = openDesk();
    await desk.create('Task');
    const list = {
      slug: 'web',
      seq: 1,
      at: '2026-11-21T10:00:00.000Z',
      mine: [],
      others: [],
      blocked: [],
      ready: [{ key: 'web-k3f9', priority: 2, title: 'Task' }],
      waiting: [],
      counts: { inProgress: 0, blocked: 0, ready: 1, waiting: 0 },
    };
    const id = { database: `sqlite:${desk.database}`, workspace: workspace.id };
    saveSnapshot(join(desk.home, 'state/docket'), id, { list, readAt: Date.now() });
    return desk;
  }

  test('is not taken for empty when its file is gone', async () => {
    const desk = await seen();
    rmSync(desk.database);
    const error = await desk.error('list');
    expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
    expect(error.message).toContain('is missing');
    expect(existsSync(desk.database)).toBe(false);
    expect(await desk.text('list', '--cached')).toContain('- web-k3f9 P2 Task');
  });

  test('is not taken for empty when its file is empty', async () => {
    const desk = await seen();
    writeFileSync(desk.database, '');
    rmSync(`${desk.database}-wal`, { force: true });
    const error = await desk.error('create', 'Task');
    expect(error.message).toContain('does not have the list web any more');
  });
});

test('a database that a project names is used only when the person approved it', async () => {
  const desk = openDesk();
  const cwd = makeProject(desk, 'foreign', {
    workspace: { id: '01890000-0000-7000-8000-000000000003', slug: 'foreign' },
    database: 'mysql://db.example.com/tasks',
  });
  const error = await desk.with({ cwd }).error('list');
  expect(error).toMatchObject({ code: 'not_trusted', exitCode: 1 });
  expect(error.hint).toContain("docket trust 'mysql://db.example.com:3306/tasks'");
});

test('--database inside a Claude Code session needs the approval as well', async () => {
  const desk = openDesk().with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  const error = await desk.error('list', '--database', 'mysql://192.0.2.1/tasks');
  expect(error.code).toBe('not_trusted');
});

test('a database file that is none ends with exit code 69', async () => {
  const desk = openDesk();
  mkdirSync(join(desk.home, 'data/docket'), { recursive: true });
  writeFileSync(
    desk.database,
    'this is no database, it is a text file that got lost here\n'.repeat(20),
  );
  const error = await desk.error('list');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
  expect(error.hint).toContain('docket doctor');
});

test('inside Claude Code the error names the Bash sandbox, which can be why', async () => {
  const desk = openDesk();
  mkdirSync(desk.database, { recursive: true });
  expect((await desk.error('list')).hint).not.toContain('sandbox');
  const session = desk.with({ env: { CLAUDE_CODE_SESSION_ID: 'session-c' } });
  expect(await session.error('list')).toMatchObject({ exitCode: 69 });
  expect((await session.error('list')).hint).toContain('sandbox');
});

test('a server that refuses ends with exit code 69', async () => {
  const error = await openDesk().error('list', '--database', 'mysql://127.0.0.1:1/tasks');
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
});

test('a broken project file is named', async () => {
  const desk = openDesk();
  writeFileSync(join(desk.project, '.claude/docket.json'), '{"workspace":');
  const error = await desk.error('list');
  expect(error).toMatchObject({ code: 'invalid_config', exitCode: 1 });
  expect(error.message).toContain('docket.json');
});

test('a verb writes a sign of life, at most once a minute', async () => {
  const desk = openDesk();
  const key = await desk.create('Task');
  const stamps = join(desk.home, 'state/docket/stamps');
  expect(readdirSync(stamps)).toEqual([expect.stringMatching(/^session-a-[0-9a-f]{16}$/)]);
  const seen = await lastSeen(desk);
  expect(seen).toHaveLength(1);
  await desk.json(NoteAnswer, 'note', key, 'text');
  expect(await lastSeen(desk)).toEqual(seen);
  rmSync(stamps, { recursive: true });
  await desk.text('list');
  expect((await lastSeen(desk))[0]).not.toBe(seen[0]);
});

async function lastSeen(desk: Desk): Promise<readonly unknown[]> {
  const store = await openStore({ kind: 'sqlite', path: desk.database });
  const rows = await store.db.query('SELECT last_seen_at FROM sessions');
  await store.close();
  return rows.map((row) => row.last_seen_at);
}
