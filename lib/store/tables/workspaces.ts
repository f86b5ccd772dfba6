import type { Db, Dialect, Row } from '../contract.ts';
import { integer, storedTime, text, textOrNull } from '../sql/columns.ts';
import { ask, query, type Request } from '../sql/request.ts';
import type { WriteStatement } from '../sql/write.ts';
import { nextStart } from './ready.ts';

export interface WorkspaceRow {
  readonly id: string;
  readonly slug: string;
  readonly seq: number;
  readonly taskCount: number;
  /** Events up to this number may be archived; 0 where none is. */
  readonly archivedSeq: number;
  readonly rootCommit: string | null;
  readonly origin: string | null;
}

const columns = 'id, slug, seq, task_count, archived_seq, root_commit, origin';

/** The answer to taking the guard: the workspace with its new `seq`, and the database's clock. */
export interface Guard {
  readonly workspace: WorkspaceRow;
  /** UTC text as stored. */
  readonly at: string;
  /** Whether the time of scheduled tasks has come, which are ready since. */
  readonly hasBegun: boolean;
  /** The URL of the database that the list has moved to: nothing may be written here then. */
  readonly movedTo: string | null;
}

/**
 * Takes the workspace's guard row, in the first statement of every writing transaction. The fresh
 * token makes two writers collide on every engine, Dolt included, where equal values would merge;
 * rows that are read after it therefore still hold when the transaction commits. Undefined when no
 * workspace has this id.
 */
export function guardRequest(
  { dialect }: Pick<Db, 'dialect'>,
  workspaceId: string,
  token: string,
): Request<Guard | undefined> {
  return {
    statements: [
      {
        sql: 'UPDATE workspaces SET guard_token = ?, seq = seq + 1 WHERE id = ?',
        params: [token, workspaceId],
      },
      {
        sql: `SELECT ${columns}, moved_to, ${dialect.now} AS clock,
            (SELECT ready_at FROM tasks ${dialect.along('tasks_by_start')}
             WHERE workspace_id = ? AND ready_at IS NOT NULL
             ORDER BY workspace_id, ready_at, id LIMIT 1) AS next_start
          FROM workspaces WHERE id = ?`,
        params: [workspaceId, workspaceId],
      },
    ],
    read([, found]) {
      const [row] = found?.rows ?? [];
      if (row === undefined) return undefined;
      const at = storedTime(row, 'clock');
      const hasBegun = row.next_start !== null && storedTime(row, 'next_start') <= at;
      return { workspace: toWorkspace(row), at, hasBegun, movedTo: textOrNull(row, 'moved_to') };
    },
  };
}

/** Sets `seq` after a transaction that recorded more than one event, and counts its new tasks. */
export function advanceWorkspace(
  workspaceId: string,
  { seq, addedTasks }: { readonly seq: number; readonly addedTasks: number },
): WriteStatement {
  return {
    sql: 'UPDATE workspaces SET seq = ?, task_count = task_count + ? WHERE id = ?',
    params: [seq, addedTasks, workspaceId],
    mustFind: 1,
  };
}

/**
 * Asks for what every change in any workspace changes, and the time by which a task becomes ready.
 * There are few workspaces.
 */
export function versionOfAll(dialect: Dialect): Request<string> {
  return query(
    `SELECT COUNT(*) AS count, SUM(seq) AS seq, MIN(next_start) AS next_start
     FROM (SELECT w.seq, ${nextStart(dialect, 'w.id')} AS next_start FROM workspaces w) AS lists`,
    [],
    ([row]) => ['count', 'seq', 'next_start'].map((name) => String(row?.[name])).join(' '),
  );
}

export function workspaceById(id: string): Request<WorkspaceRow | undefined> {
  return query(
    `SELECT ${columns} FROM workspaces WHERE id = ?`,
    [id],
    ([row]) => row && toWorkspace(row),
  );
}

export function findWorkspace(db: Db, id: string): Promise<WorkspaceRow | undefined> {
  return ask(db, workspaceById(id));
}

/**
 * Finds workspaces of the same history or the same origin; the caller decides which one is meant.
 */
export async function findWorkspacesByRepository(
  db: Db,
  repository: { rootCommit: string | null; origin: string | null },
): Promise<readonly WorkspaceRow[]> {
  const rows = await db.query(
    `SELECT ${columns} FROM workspaces WHERE root_commit = ?
     UNION SELECT ${columns} FROM workspaces WHERE origin = ?
     ORDER BY id`,
    [repository.rootCommit ?? '', repository.origin ?? ''],
  );
  return rows.map(toWorkspace);
}

export async function isSlugTaken(db: Db, slug: string): Promise<boolean> {
  return (await db.query('SELECT 1 AS taken FROM workspaces WHERE slug = ?', [slug])).length > 0;
}

export async function insertWorkspace(
  db: Db,
  workspace: Pick<WorkspaceRow, 'id' | 'slug' | 'rootCommit' | 'origin'> & {
    readonly token: string;
    readonly createdBy: string;
  },
): Promise<void> {
  await db.run(
    `INSERT INTO workspaces (id, slug, guard_token, root_commit, origin, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ${db.dialect.now}, ?)`,
    [
      workspace.id,
      workspace.slug,
      workspace.token,
      workspace.rootCommit,
      workspace.origin,
      workspace.createdBy,
    ],
  );
}

/** Ties a workspace that no repository has been named for to one. */
export async function nameRepository(
  db: Db,
  id: string,
  repository: Pick<WorkspaceRow, 'rootCommit' | 'origin'>,
): Promise<void> {
  await db.run(
    `UPDATE workspaces SET root_commit = ?, origin = ?
     WHERE id = ? AND root_commit IS NULL AND origin IS NULL`,
    [repository.rootCommit, repository.origin, id],
  );
}

/**
 * Takes the guard row as a writing verb does, so that a writer at the same time collides, and finds
 * where the list has moved to; null where it lives here.
 */
export async function takeMovedTo(db: Db, id: string, token: string): Promise<string | null> {
  await db.run('UPDATE workspaces SET guard_token = ? WHERE id = ?', [token, id]);
  const [row] = await db.query('SELECT moved_to FROM workspaces WHERE id = ?', [id]);
  return row === undefined ? null : textOrNull(row, 'moved_to');
}

/** Says where a list has moved to, or with null that it lives here. */
export async function setMovedTo(db: Db, id: string, movedTo: string | null): Promise<void> {
  await db.run('UPDATE workspaces SET moved_to = ? WHERE id = ?', [movedTo, id]);
}

/** Counts the tasks of a workspace, subtasks included. */
export async function countTasks(db: Db, id: string): Promise<number> {
  const rows = await db.query('SELECT COUNT(*) AS count FROM tasks WHERE workspace_id = ?', [id]);
  return rows[0] === undefined ? 0 : integer(rows[0], 'count');
}

/** Counts the tasks that are not closed, subtasks included. */
export async function countOpenTasks(db: Db, id: string): Promise<number> {
  const rows = await db.query(
    `SELECT COUNT(*) AS count FROM tasks
     WHERE workspace_id = ? AND status IN ('pending', 'in_progress', 'blocked')`,
    [id],
  );
  return rows[0] === undefined ? 0 : integer(rows[0], 'count');
}

function toWorkspace(row: Row): WorkspaceRow {
  return {
    id: text(row, 'id'),
    slug: text(row, 'slug'),
    seq: integer(row, 'seq'),
    taskCount: integer(row, 'task_count'),
    archivedSeq: integer(row, 'archived_seq'),
    rootCommit: textOrNull(row, 'root_commit'),
    origin: textOrNull(row, 'origin'),
  };
}

/** Asks for the ids of all workspaces of the database. */
export function workspaceIds(): Request<readonly string[]> {
  return query('SELECT id FROM workspaces ORDER BY slug, id', [], (rows) =>
    rows.map((row) => text(row, 'id')),
  );
}
