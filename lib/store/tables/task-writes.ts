import type { Task } from '../../model/task/task.ts';
import type { Row, SqlValue } from '../contract.ts';
import { chunks, placesFor } from '../sql/in-list.ts';
import type { WriteStatement } from '../sql/write-statement.ts';
import { taskColumns } from './task-row.ts';

const columnNames = taskColumns.split(',').map((name) => name.trim());

/** Columns of a task with the values that they get. */
export type ColumnValues = Readonly<Record<string, SqlValue>>;

/** Inserts whole rows of tasks; a container comes before its subtasks. */
export function insertTaskRows(rows: readonly Row[]): readonly WriteStatement[] {
  return chunks(rows).map((part) => ({
    sql: `INSERT INTO tasks (${columnNames.join(', ')})
      VALUES ${part.map(() => `(${placesFor(columnNames)})`).join(', ')}`,
    params: part.flatMap((row) => columnNames.map((name) => row[name] ?? null)),
    mustFind: part.length,
  }));
}

/** What a new task is made of. */
export type NewTask = Pick<
  Task,
  | 'id'
  | 'key'
  | 'workspaceId'
  | 'parentId'
  | 'position'
  | 'title'
  | 'description'
  | 'type'
  | 'priority'
  | 'complexity'
  | 'estimatedMinutes'
  | 'assignedAgent'
  | 'createdSession'
  | 'clientId'
  | 'projectId'
  | 'infrastructureCount'
  | 'billable'
  | 'billableMinutes'
  | 'context'
  | 'createdBy'
> & {
  /** UTC text as stored. */
  readonly at: string;
};

/** The row of a new task: pending and, until what it needs is known, ready. */
export function newTaskRow(task: NewTask): Row {
  return {
    id: task.id,
    task_key: task.key,
    workspace_id: task.workspaceId,
    parent_task_id: task.parentId,
    position: task.position,
    title: task.title,
    description: task.description,
    status: 'pending',
    task_type: task.type,
    priority: task.priority,
    estimated_complexity: task.complexity,
    estimated_minutes: task.estimatedMinutes,
    assigned_agent: task.assignedAgent,
    created_session_id: task.createdSession,
    client_id: task.clientId,
    project_id: task.projectId,
    infrastructure_count: task.infrastructureCount,
    billable: task.billable ? 1 : 0,
    billable_minutes: task.billableMinutes,
    task_context: task.context,
    created_at: task.at,
    created_by: task.createdBy,
    updated_at: task.at,
    queue: 'ready',
    subtask_count: 0,
  };
}

/** A row to change, and the revision that the transaction has read it with. */
export interface ReadRow {
  readonly id: string;
  readonly revision: string;
}

/**
 * Gives many rows the same values by one statement for a hundred: one change can move a thousand
 * tasks, and Dolt takes milliseconds for each statement. Revisions are compared as a set, which is as
 * strict as one by one: they are random, so a row that another wrote meanwhile has none of them. Each
 * row's new revision is `token` with the end of its own id (`revisionOf`).
 */
export function changeTaskRows(
  rows: readonly ReadRow[],
  values: ColumnValues,
  token: string,
): readonly WriteStatement[] {
  const sets = Object.keys(values).map((column) => `${column} = ?`);
  return chunks(rows).map((part) => {
    const list = placesFor(part);
    return {
      sql: `UPDATE tasks SET ${sets.join(', ')},
          revision = CONCAT(SUBSTR(?, 1, ${tokenPart}), SUBSTR(id, ${tokenPart + 1}))
        WHERE id IN (${list}) AND revision IN (${list})`,
      params: [
        ...Object.values(values),
        token,
        ...part.map(({ id }) => id),
        ...part.map(({ revision }) => revision),
      ],
      mustFind: part.length,
    };
  });
}

/** Of the 36 characters of a random token so many are kept: 82 random bits. */
const tokenPart = 24;

/** The revision that a transaction with this token gives to a task. */
export function revisionOf(id: string, token: string): string {
  return token.slice(0, tokenPart) + id.slice(tokenPart);
}
