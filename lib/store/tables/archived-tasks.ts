import type { Status } from '../../model/task/task.ts';
import type { Dialect, Row } from '../contract.ts';
import { schemaTable } from '../migrations/known-version.ts';
import { integer, text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import type { WriteStatement } from '../sql/write.ts';

/** What is said of an archived task without reading its tree. */
export interface ArchivedTask {
  readonly id: string;
  readonly workspaceId: string;
  /** The id of its outermost container, or its own. */
  readonly treeId: string;
  readonly key: string;
  readonly title: string;
  readonly status: Status;
  readonly completedAt: string;
  readonly archivedAt: string;
  readonly archivedBy: string;
}

const columns = `a.id, a.workspace_id, a.tree_id, a.task_key, a.title, a.status, a.completed_at,
  a.archived_at, a.archived_by`;

export function archivedByIds(ids: readonly string[]): Request<readonly ArchivedTask[]> {
  return inList(
    ids,
    (list) => `SELECT ${columns} FROM archived_tasks a WHERE a.id IN (${list})`,
    (rows) => rows.map(toArchived),
  );
}

export function archivedByKeys(keys: readonly string[]): Request<readonly ArchivedTask[]> {
  return inList(
    keys,
    (list) => `SELECT ${columns} FROM archived_tasks a WHERE a.task_key IN (${list})`,
    (rows) => rows.map(toArchived),
  );
}

/** Asks for archived trees of a workspace whose key begins with `prefix`, by key. */
export function archivedByPrefix(
  workspaceId: string,
  { prefix, limit }: { readonly prefix: string; readonly limit: number },
): Request<readonly ArchivedTask[]> {
  return query(
    `SELECT ${columns} FROM archived_tasks a
     WHERE a.task_key >= ? AND a.task_key < ? AND COALESCE(a.workspace_id, '') = ?
       AND a.tree_id = a.id
     ORDER BY a.task_key LIMIT ${limit}`,
    [prefix, `${prefix}~`, workspaceId],
    (rows) => rows.map(toArchived),
  );
}

/** Asks how many tasks of a workspace are archived, counted up to a limit. */
export function countArchived(
  dialect: Dialect,
  workspaceId: string,
  countTo: number,
): Request<number> {
  return query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one
       FROM archived_tasks ${dialect.along('archived_tasks_by_completion')}
       WHERE workspace_id = ? LIMIT ${countTo}) AS counted_archived`,
    [workspaceId],
    ([row]) => (row === undefined ? 0 : integer(row, 'total')),
  );
}

/** Asks for the links of tasks in the list to these archived ones. */
export function linksToArchived(ids: readonly string[]): Request<readonly Row[]> {
  return inList(
    ids,
    (list) => `SELECT task_id, depends_on_id, type, created_at, created_by
     FROM archived_links WHERE depends_on_id IN (${list})`,
    (rows) => rows.map((row) => ({ ...row, created_at: time(row, 'created_at') })),
  );
}

/** Refuses a key that an archived task has: the transaction is run again, with another one. */
export function requireFreeKey(key: string): WriteStatement {
  return {
    sql: 'UPDATE archived_tasks SET task_key = ? WHERE task_key = ?',
    params: [key, key],
    mustFind: 0,
    written: `the key ${key}`,
  };
}

/** Says that events up to this number may be archived. */
export function raiseArchivedSeq(workspaceId: string, seq: number): WriteStatement {
  return {
    sql: 'UPDATE workspaces SET archived_seq = ? WHERE id = ? AND archived_seq < ?',
    params: [seq, workspaceId, seq],
  };
}

/** Keeps older dockets from writing, which know of no archive and might give its keys again. */
export function refuseOlderWriters(): WriteStatement {
  return {
    sql: `UPDATE ${schemaTable} SET oldest_writer = version
      WHERE name = 'archive' AND oldest_writer < version`,
  };
}

function toArchived(row: Row): ArchivedTask {
  return {
    id: text(row, 'id'),
    workspaceId: text(row, 'workspace_id'),
    treeId: text(row, 'tree_id'),
    key: text(row, 'task_key'),
    title: text(row, 'title'),
    status: text(row, 'status') as Status,
    completedAt: time(row, 'completed_at'),
    archivedAt: time(row, 'archived_at'),
    archivedBy: text(row, 'archived_by'),
  };
}
