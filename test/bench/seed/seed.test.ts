import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulkInsertSqlite } from '../../../bench/seed/bulk-insert.ts';
import { prepareDatabase, seed } from '../../../bench/seed/seed.ts';
import { rowsOf } from '../../../bench/seed/seed-rows.ts';
import { workspace } from '../../../bench/world/installed-user.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';

let folder: string;
let path: string;
let database: DatabaseSync;

// Seeded with direct SQL, so the list must be one that docket itself could have made.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docket-seed-'));
  path = join(folder, 'docket.db');
  await prepareDatabase({ kind: 'sqlite', path }, workspace);
  const into = bulkInsertSqlite(path);
  await seed({ workspace, tasks: 1_000 }, into);
  await into.finish();
  database = new DatabaseSync(path);
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function count(sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}

test('there are as many tasks as were asked for, each with its event', () => {
  expect(count('SELECT count(*) FROM tasks')).toBe(1_000);
  expect(count('SELECT count(DISTINCT task_id) FROM task_events')).toBe(1_000);
  expect(count('SELECT max(seq) FROM task_events')).toBe(1_000);
  expect(count('SELECT seq = task_count AND seq = 1000 FROM workspaces')).toBe(1);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
});

test('a pending leaf waits exactly when a task that it needs is open', () => {
  const open = `SELECT 1 FROM task_dependencies d JOIN tasks n ON n.id = d.depends_on_id
    WHERE d.task_id = t.id AND n.status NOT IN ('completed', 'cancelled')`;
  expect(
    count(`SELECT count(*) FROM tasks t WHERE t.status = 'pending' AND t.subtask_count = 0
      AND t.queue <> CASE WHEN EXISTS (${open}) THEN 'waiting' ELSE 'ready' END`),
  ).toBe(0);
  expect(count("SELECT count(*) > 0 FROM tasks WHERE queue = 'waiting'")).toBe(1);
});

test('most tasks are closed, a dozen are in progress and some are blocked', () => {
  const closed = "SELECT count(*) FROM tasks WHERE status IN ('completed', 'cancelled')";
  expect(count(closed)).toBe(750);
  expect(count("SELECT count(*) FROM tasks WHERE queue = 'in_progress'")).toBe(12);
  expect(count("SELECT count(*) FROM tasks WHERE queue = 'blocked'")).toBe(6);
});

test('a hundred thousand groups have no key twice', () => {
  const keys = new Set<unknown>();
  for (let group = 0; group < 100_000; group += 50) {
    for (const { task_key } of rowsOf(group, workspace).tasks) keys.add(task_key);
  }
  expect(keys.size).toBe(20_000);
});

test('docket reads the list', async () => {
  const request = { workspaceId: workspace.id, sessionId: 'new', open: { mode: 'read' } } as const;
  const list = (await readPromptList({ kind: 'sqlite', path }, request))?.list;
  expect(list?.counts).toEqual({ inProgress: 12, blocked: 6, ready: 101, waiting: 75 });
  expect(list?.others.every(({ holder }) => holder !== null)).toBe(true);
});
