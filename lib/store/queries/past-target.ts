import type { Task } from '../../model/task/task.ts';
import type { SqlValue, Statement } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { assignments } from '../sql/write.ts';
import { tasksByIds } from '../tables/task-lookups.ts';
import { taskColumns, toTask } from '../tables/task-row.ts';

// These run on the private SQLite database that a past list is rebuilt in, and on no other.

/**
 * Prepares the database: what is undone step by step holds together only at its end, and nothing of
 * it outlives the process.
 */
export const prepareStatements: readonly Statement[] = [
  'PRAGMA foreign_keys = OFF',
  'PRAGMA ignore_check_constraints = ON',
  'PRAGMA synchronous = OFF',
  `CREATE TABLE not_known (task_id TEXT NOT NULL, field TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (task_id, field)) WITHOUT ROWID`,
  `CREATE TABLE later_events (seq INTEGER PRIMARY KEY, task_id TEXT, verb TEXT NOT NULL,
    old_value TEXT, new_value TEXT, time TEXT)`,
  // The trees that were in the archive, by their ids, as far as the list has gone back.
  'CREATE TABLE away (id TEXT PRIMARY KEY) WITHOUT ROWID',
].map((sql) => ({ sql }));

/** What a past list knows of its workspace. */
export interface PastWorkspace {
  readonly id: string;
  readonly slug: string;
}

export function insertWorkspaceRow({ id, slug }: PastWorkspace, at: string): Statement {
  return {
    sql: `INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
      VALUES (?, ?, '', ?, '')`,
    params: [id, slug, at],
  };
}

/** Takes a task away that was not made yet, with its links. */
export function removeTask(id: string): readonly Statement[] {
  return [
    { sql: 'DELETE FROM task_dependencies WHERE task_id = ?', params: [id] },
    { sql: 'DELETE FROM task_dependencies WHERE depends_on_id = ?', params: [id] },
    { sql: 'DELETE FROM task_infrastructure WHERE task_id = ?', params: [id] },
    { sql: 'DELETE FROM tasks WHERE id = ?', params: [id] },
  ];
}

export function setColumns(id: string, values: Readonly<Record<string, SqlValue>>): Statement {
  const { sets, params } = assignments(values);
  return { sql: `UPDATE tasks SET ${sets} WHERE id = ?`, params: [...params, id] };
}

/** Notes that some fields of a task are not known before an event. */
export function notKnown(id: string, fields: readonly string[], seq: number): readonly Statement[] {
  return fields.map((field) => ({
    sql: 'INSERT OR IGNORE INTO not_known VALUES (?, ?, ?)',
    params: [id, field, seq],
  }));
}

/** Asks for whole tasks: those with some ids, or the next ones after an id, by id. */
export function pageOfTasks(
  which: { readonly ids: readonly string[] } | { readonly after: string },
  size: number,
): Request<readonly Task[]> {
  if ('ids' in which) return tasksByIds(which.ids);
  return query(
    `SELECT ${taskColumns} FROM tasks WHERE id > ? ORDER BY id LIMIT ${size}`,
    [which.after],
    (rows) => rows.map(toTask),
  );
}

/** Asks which fields of some tasks are not known after an event. */
export function notKnownOf(
  ids: readonly string[],
  seq: number,
): Request<readonly { readonly taskId: string; readonly field: string }[]> {
  return inList(
    ids,
    (list) =>
      `SELECT task_id, field FROM not_known WHERE task_id IN (${list}) AND seq > ${Math.trunc(seq)}`,
    (rows) => rows.map((row) => ({ taskId: text(row, 'task_id'), field: text(row, 'field') })),
  );
}

/** Gives a task and everything below it the keys that they had, and its container. */
export function moveBack(
  id: string,
  { from, to, parent }: { readonly from: string; readonly to: string; readonly parent: string },
): readonly Statement[] {
  return [
    {
      sql: `UPDATE tasks SET task_key = ? || substr(task_key, ?)
        WHERE task_key = ? OR (task_key >= ? AND task_key < ?)`,
      params: [to, from.length + 1, from, `${from}.`, `${from}/`],
    },
    {
      sql: `UPDATE tasks SET parent_task_id = (SELECT p.id FROM tasks p WHERE p.task_key = ?)
        WHERE id = ?`,
      params: [parent, id],
    },
  ];
}

interface PastLink {
  readonly taskId: string;
  /** The key of the other task at that time. */
  readonly target: string;
  readonly type: string;
}

export function removeLink({ taskId, target, type }: PastLink): Statement {
  return {
    sql: `DELETE FROM task_dependencies WHERE task_id = ? AND type = ?
      AND depends_on_id = (SELECT n.id FROM tasks n WHERE n.task_key = ?)`,
    params: [taskId, type, target],
  };
}

export function restoreLink({ taskId, target, type }: PastLink): Statement {
  return {
    sql: `INSERT OR IGNORE INTO task_dependencies (task_id, depends_on_id, type, created_at, created_by)
      SELECT ?, n.id, ?, n.created_at, '' FROM tasks n WHERE n.task_key = ?`,
    params: [taskId, type, target],
  };
}

/** Gives a task the infrastructure that it was done on. */
export function restoreInfrastructure(id: string, ids: readonly string[]): readonly Statement[] {
  return [
    { sql: 'DELETE FROM task_infrastructure WHERE task_id = ?', params: [id] },
    ...ids.map((each) => ({
      sql: 'INSERT OR IGNORE INTO task_infrastructure (task_id, infrastructure_id) VALUES (?, ?)',
      params: [id, each],
    })),
    setColumns(id, { infrastructure_count: ids.length }),
  ];
}

/**
 * Derives from status, links and times what the list of a moment (UTC text as stored) reads: the
 * same rules as `deriveState`, for a whole list at once. The sessions of the holders are given as
 * live, as nobody knows whether they were.
 */
export function deriveStatements(workspaceId: string, at: string): readonly Statement[] {
  return [
    {
      sql: `UPDATE tasks SET starts_at = NULL, ready_at = NULL, waiting_for = NULL,
        subtask_count = (SELECT COUNT(*) FROM tasks s WHERE s.parent_task_id = tasks.id)`,
    },
    {
      sql: `WITH RECURSIVE begins (id, at) AS (
          SELECT id, not_before FROM tasks WHERE not_before IS NOT NULL
          UNION SELECT t.id, b.at FROM begins b JOIN tasks t ON t.parent_task_id = b.id)
        UPDATE tasks SET starts_at = (SELECT MAX(b.at) FROM begins b WHERE b.id = tasks.id)
        WHERE subtask_count = 0 AND id IN (SELECT id FROM begins)`,
    },
    {
      sql: `WITH RECURSIVE held (id) AS (
          SELECT d.task_id FROM task_dependencies d JOIN tasks n ON n.id = d.depends_on_id
          WHERE d.type = 'blocks' AND n.status NOT IN ('completed', 'cancelled')
          UNION SELECT t.id FROM held h JOIN tasks t ON t.parent_task_id = h.id)
        UPDATE tasks SET queue = CASE
          WHEN subtask_count > 0 OR status IN ('completed', 'cancelled') THEN 'none'
          WHEN status <> 'pending' THEN status
          WHEN id IN (SELECT id FROM held) THEN 'waiting'
          WHEN starts_at > ? THEN 'scheduled' ELSE 'ready' END`,
      params: [at],
    },
    { sql: `UPDATE tasks SET ready_at = starts_at WHERE queue = 'scheduled'` },
    {
      sql: `INSERT OR REPLACE INTO sessions (id, workspace_id, actor, host, started_at, last_seen_at)
        SELECT claim_session_id, ?, claim_actor, '', claimed_at, ? FROM tasks
        WHERE claim_session_id IS NOT NULL`,
      params: [workspaceId, at],
    },
  ];
}
