import type { Queue, Status, Task } from '../../model/task/task.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer } from '../sql/columns.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';
import { begunWhere, inReadyOrder, selectReady } from './ready.ts';
import { taskColumns, toTask } from './task-row.ts';
import { stubColumns, type TaskStub, toStub } from './task-stub.ts';

/** The beginning of a list. */
export interface ListPart<T = Task> {
  readonly tasks: readonly T[];
  /** The number of tasks in the list, counted up to a limit. */
  readonly total: number;
}

interface PartSize {
  readonly limit: number;
  /** The number at which counting stops. */
  readonly countTo: number;
}

/** Asks for the tasks of one queue in the order in which they are worked off. */
export function tasksInQueue(
  dialect: Dialect,
  workspaceId: string,
  { queue, ...size }: PartSize & { readonly queue: Queue },
): Request<ListPart> {
  if (queue === 'ready') {
    return readyPart(dialect, workspaceId, { ...size, columns: taskColumns, toTask });
  }
  return listPart(size, {
    columns: taskColumns,
    toTask,
    where: 'workspace_id = ? AND queue = ?',
    params: [workspaceId, queue],
    order: 'workspace_id, queue',
    along: dialect.along('tasks_by_queue'),
  });
}

/** Asks for the tasks that can be started now, by columns that have priority, created_at and id. */
export function readyPart<T>(
  dialect: Dialect,
  workspaceId: string,
  { limit, countTo, columns, toTask }: PartSize & Pick<ListQuery<T>, 'columns' | 'toTask'>,
): Request<ListPart<T>> {
  const part = together(
    query(selectReady(dialect, columns, limit), [workspaceId, workspaceId], (rows) =>
      inReadyOrder(rows).slice(0, limit).map(toTask),
    ),
    query(
      `SELECT SUM(one_part) AS total FROM (
         SELECT COUNT(*) AS one_part FROM (SELECT 1 AS one FROM tasks
           WHERE workspace_id = ? AND queue = 'ready' LIMIT ${countTo}) AS capped
         UNION ALL
         SELECT COUNT(*) FROM (SELECT 1 AS one FROM tasks ${dialect.along('tasks_by_start')}
           WHERE ${begunWhere(dialect.now)} LIMIT ${countTo}) AS capped_begun) AS counted_ready`,
      [workspaceId, workspaceId],
      ([count]) => (count ? integer(count, 'total') : 0),
    ),
  );
  return mapped(part, ([tasks, total]) => ({ tasks, total: Math.min(total, countTo) }));
}

/**
 * Asks for the tasks of one status in the same order, of every workspace when `workspaceId` is
 * undefined. Stubs are read, because several lists are asked for at once and most of their tasks
 * are left out.
 */
export function tasksOfStatus(
  dialect: Dialect,
  workspaceId: string | undefined,
  { status, ...size }: PartSize & { readonly status: Status },
): Request<ListPart<TaskStub>> {
  const stubs = { columns: stubColumns, toTask: toStub };
  return workspaceId === undefined
    ? listPart(size, {
        ...stubs,
        where: 'status = ?',
        params: [status],
        order: 'status',
        along: dialect.along('tasks_by_status_everywhere'),
      })
    : listPart(size, {
        ...stubs,
        where: 'workspace_id = ? AND status = ?',
        params: [workspaceId, status],
        order: 'workspace_id, status',
        along: dialect.along('tasks_by_status'),
      });
}

interface ListQuery<T> {
  readonly columns: string;
  readonly toTask: (row: Row) => T;
  readonly where: string;
  readonly params: readonly SqlValue[];
  /** The index's first columns: Dolt sorts the whole list unless each column is named. */
  readonly order: string;
  readonly along: string;
}

/** Asks for the beginning of a list, and how long it is. */
export function listPart<T>(
  { limit, countTo }: PartSize,
  { columns, toTask, where, params, order, along }: ListQuery<T>,
): Request<ListPart<T>> {
  const part = together(
    query(
      `SELECT ${columns} FROM tasks ${along} WHERE ${where}
       ORDER BY ${order}, priority, created_at, id LIMIT ${limit}`,
      params,
      (rows) => rows.map(toTask),
    ),
    query(
      `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM tasks WHERE ${where}
       LIMIT ${countTo}) AS capped`,
      params,
      ([count]) => (count ? integer(count, 'total') : 0),
    ),
  );
  return mapped(part, ([tasks, total]) => ({ tasks, total }));
}
