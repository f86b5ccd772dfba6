import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SqlValue, Transaction } from '../../../lib/store/contract.ts';
import { StoreError } from '../../../lib/store/errors.ts';
import { connect } from '../../../lib/tracker/database/connect.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const time = '2026-11-21 10:02:03.123';
const claim = {
  claim_session_id: 's',
  claim_agent_id: 'main',
  claim_actor: 'alice@one',
  claimed_at: time,
};
const progress = { status: 'in_progress', queue: 'in_progress' };
const other = '01890000-0000-7000-8000-00000000000f';

/** What must never be in the table, by what is wrong with it. */
const wrongTasks: Readonly<Record<string, Readonly<Record<string, SqlValue>>>> = {
  'an empty title': { title: '' },
  'a title of 501 characters': { title: 'x'.repeat(501) },
  'priority 5': { priority: 5 },
  'a priority below 0': { priority: -1 },
  'less than no time': { estimated_minutes: -1 },
  'billable neither yes nor no': { billable: 2 },
  'less than no billable time': { billable_minutes: -1 },
  'in progress without a claim': progress,
  'pending with a claim': claim,
  'closed with a claim': { ...claim, status: 'completed', queue: 'none', completed_at: time },
  'a claim without its session': { ...progress, ...claim, claim_session_id: null },
  'a claim without its agent': { ...progress, ...claim, claim_agent_id: null },
  'a claim without its actor': { ...progress, ...claim, claim_actor: null },
  'a claim without its time': { ...progress, ...claim, claimed_at: null },
  'half a claim that says only when': { claimed_at: time },
  'a container with a claim': { ...progress, ...claim, queue: 'none', subtask_count: 1 },
  'a container in a list': { subtask_count: 1 },
  'blocked without a reason': { status: 'blocked', queue: 'blocked' },
  'waiting for nothing': { queue: 'waiting' },
  'ready and waiting for something': { waiting_for: other },
  'completed without a time': { status: 'completed', queue: 'none' },
  'cancelled without a time': { status: 'cancelled', queue: 'none' },
  'open with a time of completion': { completed_at: time },
  'a parent that is not there': { parent_task_id: other },
  'a workspace that is not there': { workspace_id: other },
  'no revision': { revision: null },
};

/** What looks like it and is right. */
const rightTasks: Readonly<Record<string, Readonly<Record<string, SqlValue>>>> = {
  'a leaf in progress': { ...progress, ...claim },
  'a blocked leaf with a claim': {
    ...claim,
    status: 'blocked',
    queue: 'blocked',
    blocked_reason: 'x',
  },
  'a container in progress': { status: 'in_progress', queue: 'none', subtask_count: 1 },
  'a blocked container': { status: 'blocked', queue: 'none', subtask_count: 1 },
  'a waiting task': { queue: 'waiting', waiting_for: other },
  'a title of 500 crabs': { title: '🦀'.repeat(500) },
  'a cancelled task': { status: 'cancelled', queue: 'none', completed_at: time },
  // Words are held by lib/model: a new one takes no migration.
  'a type of a later docket': { task_type: 'chore' },
  'a complexity of a later docket': { estimated_complexity: 'huge' },
  'a status and a queue of a later docket': { status: 'paused', queue: 'paused' },
};

/** The schema itself refuses what no verb would write: other programs may write to it one day. */
export function constraintsSuite(lists: TestLists): void {
  test('half-written and impossible tasks are refused by the schema', async () => {
    const list = await lists.list();
    for (const [what, row] of Object.entries(wrongTasks)) {
      expect(await attempt(list, (db) => insertRow(db, list, row)), what).toBe('invariant');
    }
    for (const [what, row] of Object.entries(rightTasks)) {
      expect(await attempt(list, (db) => insertRow(db, list, row)), what).toBe('written');
    }
  });

  test('an update is held to the same rules', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    for (const set of ["status = 'in_progress'", "claim_actor = 'bob@two'", 'priority = 9']) {
      const update = (db: Transaction) =>
        db.run(`UPDATE tasks SET ${set} WHERE task_key = ?`, [key]);
      expect(await attempt(list, update), set).toBe('invariant');
    }
  });

  test('keys, links and events cannot be written twice', async () => {
    const list = await lists.list();
    const [a, b] = [await create(list, 'A'), await create(list, 'B')];
    expect(await attempt(list, (db) => insertRow(db, list, { task_key: a }))).toBe('duplicate');
    const event = (db: Transaction) =>
      db.run(
        `INSERT INTO task_events (workspace_id, seq, verb, actor, session_id, agent_id, created_at)
         VALUES (?, 1, 'x', 'x', 'x', 'x', ?)`,
        [list.workspaceId, time],
      );
    expect(await attempt(list, event)).toBe('duplicate');
    const link = (from: string, to: string, type: string) => (db: Transaction) =>
      db.run(
        `INSERT INTO task_dependencies (task_id, depends_on_id, type, created_at, created_by)
         SELECT f.id, t.id, ?, ?, 'x' FROM tasks f JOIN tasks t ON t.task_key = ?
         WHERE f.task_key = ?`,
        [type, time, to, from],
      );
    expect(await attempt(list, link(a, a, 'blocks'))).toBe('invariant');
    expect(await attempt(list, link(a, b, 'wishes'))).toBe('written');
    expect(await attempt(list, link(a, b, 'related'))).toBe('written');
  });

  test('a work item is of one task, an insight about one subject, and no minutes are negative', async () => {
    const list = await lists.list();
    await ensureRegistryEntries(list, { client: 'Acme', project: 'Site' });
    const input = { title: 'Task', client: 'Acme', billable: true };
    const { task } = await createTask(list, input);
    const item = (minutes: number) => (db: Transaction) =>
      db.run(
        `INSERT INTO work_items (id, workspace_id, linked_task_id, client_id, category, problem,
           solution, billable_minutes, session_id, affected_systems, technologies, completed_at,
           created_at, created_by, updated_at, revision)
         SELECT ?, workspace_id, id, client_id, 'x', 'x', 'x', ?, 's', '[]', '[]', created_at,
           created_at, 'x', created_at, 'r' FROM tasks WHERE id = ?`,
        [randomUUID(), minutes, task.id],
      );
    expect(await attempt(list, item(-1))).toBe('invariant');
    expect(await attempt(list, item(0))).toBe('written');
    const insight = (client: boolean, project: boolean) => (db: Transaction) =>
      db.run(
        `INSERT INTO insights (id, workspace_id, client_id, project_id, body, created_at, created_by,
           updated_at, revision)
         SELECT ?, c.workspace_id, ${client ? 'c.id' : 'NULL'}, ${project ? 'p.id' : 'NULL'}, 'x', ?,
           'x', ?, 'r' FROM clients c JOIN projects p ON p.workspace_id = c.workspace_id
         WHERE c.workspace_id = ?`,
        [randomUUID(), time, time, list.workspaceId],
      );
    expect(await attempt(list, insight(true, true))).toBe('invariant');
    expect(await attempt(list, insight(false, false))).toBe('invariant');
    expect(await attempt(list, insight(true, false))).toBe('written');
    await closeTask(list, task.key);
    expect(await attempt(list, item(1))).toBe('duplicate');
  });

  // Each on a connection of its own, without retries: a duplicate would be tried again and again.
  async function attempt(_: Scope, work: (db: Transaction) => Promise<unknown>): Promise<string> {
    const store = await connect(lists.connection(), { mode: 'write' });
    try {
      return await store.write(async (db) => {
        const result = await work(db).then(
          () => 'written',
          (error: unknown) => {
            if (error instanceof StoreError) return error.code;
            throw error;
          },
        );
        db.abandon();
        return result;
      });
    } finally {
      await store.close();
    }
  }
}

async function insertRow(
  db: Transaction,
  { workspaceId }: Scope,
  row: Readonly<Record<string, SqlValue>>,
): Promise<void> {
  const whole: Record<string, SqlValue> = {
    id: randomUUID(),
    task_key: `raw-${randomUUID().slice(0, 8)}`,
    workspace_id: workspaceId,
    title: 'Raw',
    description: '',
    status: 'pending',
    task_type: 'research',
    priority: 2,
    created_session_id: 's',
    task_context: '{}',
    created_at: time,
    created_by: 'alice@one',
    updated_at: time,
    revision: randomUUID(),
    queue: 'ready',
    ...row,
  };
  const columns = Object.keys(whole);
  await db.run(
    `INSERT INTO tasks (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    Object.values(whole),
  );
}
