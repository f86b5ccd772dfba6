import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scaleCommands } from '../../../bench/groups/scale-commands.ts';
import { bulkInsertSqlite } from '../../../bench/seed/bulk-insert.ts';
import { prepareDatabase, seedHistory } from '../../../bench/seed/seed.ts';
import { workspace } from '../../../bench/world/installed-user.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { recap } from '../../../lib/tracker/reads/recap.ts';
import { readStats } from '../../../lib/tracker/reads/stats.ts';
import { scopeOf } from '../../conformance/test-lists.ts';

let folder: string;
let path: string;
let database: DatabaseSync;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docket-history-'));
  path = join(folder, 'docket.db');
  await prepareDatabase({ kind: 'sqlite', path }, workspace);
  const into = bulkInsertSqlite(path);
  await seedHistory({ workspace, tasks: 1_000 }, into);
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

test('each task has ten events in one order, a note, and runs where it was worked on', () => {
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  expect(count('SELECT count(*) FROM tasks')).toBe(1_000);
  expect(count('SELECT count(*) FROM task_events')).toBe(10_000);
  expect(count('SELECT max(seq) = 10000 AND min(seq) = 1 FROM task_events')).toBe(1);
  expect(count('SELECT count(DISTINCT task_id) FROM task_notes')).toBe(1_000);
  expect(
    count(`SELECT count(*) FROM tasks t WHERE subtask_count = 0
      AND (status IN ('completed', 'in_progress')) <> EXISTS (SELECT 1 FROM agent_runs r
        WHERE r.task_id = t.id)`),
  ).toBe(0);
  expect(count('SELECT count(DISTINCT task_type) FROM tasks')).toBe(8);
});

test('what is blocked has an open block, and what is billed is a completed root', () => {
  expect(count("SELECT count(*) FROM tasks WHERE status = 'blocked'")).toBe(6);
  expect(count('SELECT count(*) FROM task_blocks WHERE open_task_id IS NOT NULL')).toBe(6);
  expect(
    count(`SELECT count(*) FROM work_items w JOIN tasks t ON t.id = w.linked_task_id
      WHERE t.status <> 'completed' OR t.parent_task_id IS NOT NULL`),
  ).toBe(0);
  expect(count('SELECT count(*) > 300 FROM work_items')).toBe(1);
});

test('docket finds what there is to measure and to tell', async () => {
  const store = await openStore({ kind: 'sqlite', path });
  try {
    const scope = scopeOf(store, workspace.id);
    const stats = await readStats(scope, { weeks: 8 });
    expect(stats.all.tasks).toBeGreaterThan(50);
    expect(stats.byType.length).toBe(8);
    expect(stats.reviews.judged).toBeGreaterThan(10);
    expect(stats.estimates.length).toBeGreaterThan(3);
    expect(stats.blocked.count).toBeGreaterThan(3);
    const { sessions, ready } = await recap(scope, { sessions: 3 });
    expect(sessions).toHaveLength(3);
    expect(ready.total).toBeGreaterThan(100);
  } finally {
    await store.close();
  }
});

test('the tasks that commands are measured on are there, and those to claim are ready', () => {
  for (const { before, line } of scaleCommands) {
    for (let run = 0; run < 20; run += 1) {
      const keys = line(run).args.filter((word) => word.startsWith('web-'));
      for (const key of keys) {
        const queue = count(`SELECT queue FROM tasks WHERE task_key = '${key}'`);
        expect(queue).toBe(before === undefined ? 'none' : 'ready');
      }
    }
  }
});
