import type { Db, Row } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import { runWrites, type WriteStatement } from '../sql/write.ts';

export interface WorkspaceRow {
  readonly id: string;
  readonly slug: string;
  readonly seq: number;
  readonly taskCount: number;
  readonly rootCommit: string | null;
  readonly origin: string | null;
}

const columns = 'id, slug, seq, task_count, root_commit, origin';

/**
 * Takes the workspace's guard row: the first statement of every writing transaction. The fresh
 * token makes two writers collide on every engine, Dolt included, where equal values would merge;
 * what is read after it therefore still holds when the transaction commits.
 *
 * @returns the workspace with its new `seq`, or undefined when there is none with this id.
 */
export async function takeGuard(
  db: Db,
  workspaceId: string,
  token: string,
): Promise<WorkspaceRow | undefined> {
  await db.run('UPDATE workspaces SET guard_token = ?, seq = seq + 1 WHERE id = ?', [
    token,
    workspaceId,
  ]);
  return findWorkspace(db, workspaceId);
}

/** Sets `seq` after a transaction that recorded more than one event. */
export async function advanceSeq(db: Db, workspaceId: string, seq: number): Promise<void> {
  await runWrites(db, [advanceSeqStatement(workspaceId, seq)]);
}

export function advanceSeqStatement(workspaceId: string, seq: number): WriteStatement {
  return { sql: 'UPDATE workspaces SET seq = ? WHERE id = ?', params: [seq, workspaceId] };
}

export async function countNewTasks(db: Db, workspaceId: string, added: number): Promise<void> {
  await runWrites(db, [countNewTasksStatement(workspaceId, added)]);
}

export function countNewTasksStatement(workspaceId: string, added: number): WriteStatement {
  return {
    sql: 'UPDATE workspaces SET task_count = task_count + ? WHERE id = ?',
    params: [added, workspaceId],
  };
}

export async function findWorkspace(db: Db, id: string): Promise<WorkspaceRow | undefined> {
  const [row] = await db.query(`SELECT ${columns} FROM workspaces WHERE id = ?`, [id]);
  return row && toWorkspace(row);
}

/** Workspaces of the same history or the same origin; the caller decides which one is meant. */
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

function toWorkspace(row: Row): WorkspaceRow {
  return {
    id: text(row, 'id'),
    slug: text(row, 'slug'),
    seq: integer(row, 'seq'),
    taskCount: integer(row, 'task_count'),
    rootCommit: textOrNull(row, 'root_commit'),
    origin: textOrNull(row, 'origin'),
  };
}
