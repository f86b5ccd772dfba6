import type { Queue, Task, Worker } from '../../model/task/task.ts';
import type { Dialect, Row } from '../contract.ts';
import { text, textOrNull, time } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';
import { type ListPart, listPart, readyPart } from '../tables/task-lists.ts';
import { claimFields, readFields, selected, toClaim } from '../tables/task-row.ts';
import { completed } from './stats.ts';

const lineFields = ['id', 'key', 'title', 'priority', 'due', 'blockedReason'] as const;
const lineColumns = selected([...lineFields, ...claimFields]);

/** A task as an overview shows it: without its long texts. */
export type LineRow = Pick<
  Task,
  'id' | 'key' | 'title' | 'priority' | 'due' | 'blockedReason' | 'claim'
>;

/** Asks for the tasks of one queue in the order in which they are worked off. */
export function linesInQueue(
  dialect: Dialect,
  workspaceId: string,
  { queue, ...size }: { readonly queue: Queue; readonly limit: number; readonly countTo: number },
): Request<ListPart<LineRow>> {
  if (queue === 'ready') {
    const columns = `${lineColumns}, created_at`;
    return readyPart(dialect, workspaceId, { ...size, columns, toTask: toLine });
  }
  return listPart(size, {
    columns: lineColumns,
    toTask: toLine,
    where: 'workspace_id = ? AND queue = ?',
    params: [workspaceId, queue],
    order: 'workspace_id, queue',
    along: dialect.along('tasks_by_queue'),
  });
}

function toLine(row: Row): LineRow {
  return { ...readFields(row, lineFields), claim: toClaim(row) };
}

const planFields = [
  'id',
  'key',
  'title',
  'priority',
  'status',
  'parentId',
  'subtaskCount',
] as const;

/** A container that stands under no other. */
export type PlanRow = Pick<Task, 'id' | 'key' | 'title' | 'priority' | 'status'>;

/** Asks for the plans among the first `lookAt` tasks of a status, and whether there are more tasks. */
export function plansOfStatus(
  dialect: Dialect,
  workspaceId: string,
  { status, lookAt }: { readonly status: Task['status']; readonly lookAt: number },
): Request<{ readonly plans: readonly PlanRow[]; readonly isCut: boolean }> {
  return query(
    `SELECT ${selected(planFields)} FROM tasks ${dialect.along('tasks_by_status')}
     WHERE workspace_id = ? AND status = ?
     ORDER BY workspace_id, status, priority, created_at, id LIMIT ${lookAt + 1}`,
    [workspaceId, status],
    (rows) => ({
      plans: rows
        .slice(0, lookAt)
        .map((row) => readFields(row, planFields))
        .filter(({ parentId, subtaskCount }) => parentId === null && subtaskCount > 0)
        .map(({ parentId: _, subtaskCount: __, ...plan }) => plan),
      isCut: rows.length > lookAt,
    }),
  );
}

const finishedFields = ['id', 'key', 'title', 'priority', 'completedAt'] as const;

/** A leaf that was completed, by whom, and the beginning of its outcome. */
export interface FinishedRow extends Pick<Task, 'id' | 'key' | 'title' | 'priority'> {
  readonly parentTitle: string | null;
  readonly completedAt: string;
  readonly outcome: string | null;
  /** Null where no event says so. */
  readonly by: Worker | null;
}

/** Asks for the leaves that were completed since a moment (ISO 8601, UTC), the latest first. */
export function finishedSince(
  dialect: Dialect,
  workspaceId: string,
  { from, limit }: { readonly from: string; readonly limit: number },
): Request<readonly FinishedRow[]> {
  const columns = `${selected(finishedFields)}, parent_task_id, SUBSTR(outcome, 1, 400) AS outcome`;
  const measured = { workspaceId, from, type: undefined };
  const { sql, params } = completed(dialect, measured, columns, limit);
  return query(
    `SELECT c.*, (SELECT p.title FROM tasks p WHERE p.id = c.parent_task_id) AS parent_title,
       ${['actor', 'session_id', 'agent_id'].map(whoCompleted).join(', ')}
     FROM (${sql}) AS c`,
    params,
    // SQL promises no order of what is selected from a list.
    (rows) =>
      rows
        .map(toFinished)
        .toSorted((a, b) => (a.completedAt + a.id < b.completedAt + b.id ? 1 : -1)),
  );
}

/** Selects a column of the newest event by which a task that was selected as `c` was completed. */
function whoCompleted(column: string): string {
  return `(SELECT e.${column} FROM task_events e
     WHERE e.task_id = c.id AND COALESCE(e.verb, '') = 'completed'
     ORDER BY e.task_id DESC, e.seq DESC LIMIT 1) AS ${column}`;
}

function toFinished(row: Row): FinishedRow {
  const session = textOrNull(row, 'session_id');
  const { completedAt: _, ...task } = readFields(row, finishedFields);
  return {
    ...task,
    parentTitle: textOrNull(row, 'parent_title'),
    completedAt: time(row, 'completed_at'),
    outcome: textOrNull(row, 'outcome'),
    by:
      session === null
        ? null
        : { session, actor: text(row, 'actor'), agent: text(row, 'agent_id') },
  };
}
