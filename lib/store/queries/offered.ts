import type { Queue, Status } from '../../model/task/task.ts';
import type { Dialect } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

/** A name to offer to someone who is typing, and what it stands for. */
export interface Offered {
  readonly name: string;
  readonly text: string;
}

/** The part of a list whose tasks are offered. */
export type OfferedPart = { readonly status: Status } | { readonly queue: Queue };

/** Asks for the keys and titles of some tasks, the most urgent first. */
export function offeredTasks(
  dialect: Dialect,
  workspaceId: string,
  { part, limit }: { readonly part: OfferedPart; readonly limit: number },
): Request<readonly Offered[]> {
  const [column, value] = 'status' in part ? ['status', part.status] : ['queue', part.queue];
  return query(
    `SELECT task_key, title FROM tasks ${dialect.along(`tasks_by_${column}`)}
     WHERE workspace_id = ? AND ${column} = ?
     ORDER BY workspace_id, ${column}, priority, created_at, id LIMIT ${limit}`,
    [workspaceId, value],
    (rows) => rows.map((row) => ({ name: text(row, 'task_key'), text: text(row, 'title') })),
  );
}

/** Asks for the slugs and names of clients, projects or infrastructure in use. */
export function offeredEntries(
  table: 'clients' | 'projects' | 'infrastructure',
  workspaceId: string,
  { limit }: { readonly limit: number },
): Request<readonly Offered[]> {
  return query(
    `SELECT slug, name FROM ${table} WHERE workspace_id = ? AND archived_at IS NULL
     ORDER BY slug LIMIT ${limit}`,
    [workspaceId],
    (rows) => rows.map((row) => ({ name: text(row, 'slug'), text: text(row, 'name') })),
  );
}
