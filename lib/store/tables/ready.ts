import type { Dialect, Row } from '../contract.ts';
import { integer, text } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';
import type { WriteStatement } from '../sql/write.ts';

// A task is ready by its queue, or because its time has come since it was last written: no write
// says so. Each writer puts those tasks into the queue (`promoteBegun`), so that they stay few.

/** The number of tasks whose time has come, and that no write has followed yet, that are read. */
const mostBegun = 1_000;

export const begunWhere = (now: string) => `workspace_id = ? AND ready_at <= ${now}`;

/** Selects the tasks of a workspace, up to `countTo`, that wait for nothing but their time. */
export function scheduledRows({ along, now }: Dialect, countTo: number): string {
  return `SELECT 1 AS one FROM tasks ${along('tasks_by_start')}
     WHERE workspace_id = ? AND ready_at > ${now} LIMIT ${countTo}`;
}

/** Counts them. */
export function countScheduled(
  dialect: Dialect,
  workspaceId: string,
  countTo: number,
): Request<number> {
  return query(
    `SELECT COUNT(*) AS total FROM (${scheduledRows(dialect, countTo)}) AS capped`,
    [workspaceId],
    ([count]) => (count ? integer(count, 'total') : 0),
  );
}

/**
 * Asks for the next time at which a task of a workspace becomes ready by itself, or NULL.
 *
 * @param workspaceId an expression; as a parameter it is the statement's own
 */
export function nextStart({ along, now }: Dialect, workspaceId = '?'): string {
  return `(SELECT CAST(ready_at AS CHAR(30)) FROM tasks ${along('tasks_by_start')}
       WHERE workspace_id = ${workspaceId} AND ready_at > ${now}
       ORDER BY workspace_id, ready_at, id LIMIT 1)`;
}

/** Puts tasks whose time has come into the queue of those that are ready. */
export function promoteBegun(workspaceId: string, at: string): WriteStatement {
  return {
    sql: `UPDATE tasks SET queue = 'ready', ready_at = NULL WHERE ${begunWhere('?')}`,
    params: [workspaceId, at],
  };
}

/**
 * Selects the tasks of a workspace that are ready; `inReadyOrder` puts them in order. It takes the
 * workspace's id twice. The columns have priority, created_at and id among them.
 */
export function selectReady({ along, now }: Dialect, columns: string, limit: number): string {
  return `SELECT * FROM (SELECT ${columns} FROM tasks ${along('tasks_by_queue')}
      WHERE workspace_id = ? AND queue = 'ready'
      ORDER BY workspace_id, queue, priority, created_at, id LIMIT ${limit}) AS part_ready
    UNION ALL
    SELECT * FROM (SELECT ${columns} FROM tasks ${along('tasks_by_start')}
      WHERE ${begunWhere(now)}
      ORDER BY workspace_id, ready_at, id LIMIT ${mostBegun}) AS part_begun`;
}

/** Puts the rows of `selectReady` in order: the most urgent first, then the oldest. */
export function inReadyOrder(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(
    (a, b) =>
      integer(a, 'priority') - integer(b, 'priority') ||
      compare(text(a, 'created_at'), text(b, 'created_at')) ||
      compare(text(a, 'id'), text(b, 'id')),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
