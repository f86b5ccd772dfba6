import type { Queue, Status, Task, TaskType } from '../../model/task/task.ts';
import type { Db, Row } from '../contract.ts';
import { integer, text, textOrNull, timeOrNull } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';

/**
 * What of a task decides where it and others stand. Without its texts, which can be long: a change
 * reads this of every task around it.
 */
export type TaskState = Pick<
  Task,
  | 'id'
  | 'key'
  | 'workspaceId'
  | 'parentId'
  | 'clientId'
  | 'projectId'
  | 'status'
  | 'type'
  | 'queue'
  | 'waitingFor'
  | 'startedAt'
  | 'revision'
  | 'subtaskCount'
>;

const names = [
  'id',
  'task_key',
  'workspace_id',
  'parent_task_id',
  'client_id',
  'project_id',
  'status',
  'task_type',
  'queue',
  'waiting_for',
  'started_at',
  'revision',
  'subtask_count',
];

const columns = names.join(', ');

/** The columns of a task's state, of the table by this name. */
export function stateColumns(table: string): string {
  return names.map((name) => `${table}.${name}`).join(', ');
}

export async function findStates(db: Db, ids: readonly string[]): Promise<readonly TaskState[]> {
  const rows = await queryIn(
    db,
    ids,
    (list) => `SELECT ${columns} FROM tasks WHERE id IN (${list}) ORDER BY id`,
  );
  return rows.map(toState);
}

export async function findSubtaskStates(
  db: Db,
  parentIds: readonly string[],
): Promise<readonly TaskState[]> {
  const rows = await queryIn(
    db,
    parentIds,
    (list) => `SELECT ${columns} FROM tasks WHERE parent_task_id IN (${list})
     ORDER BY parent_task_id, position`,
  );
  return rows.map(toState);
}

export function toState(row: Row): TaskState {
  return {
    id: text(row, 'id'),
    key: text(row, 'task_key'),
    workspaceId: text(row, 'workspace_id'),
    parentId: textOrNull(row, 'parent_task_id'),
    clientId: textOrNull(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    status: text(row, 'status') as Status,
    type: text(row, 'task_type') as TaskType,
    queue: text(row, 'queue') as Queue,
    waitingFor: textOrNull(row, 'waiting_for'),
    startedAt: timeOrNull(row, 'started_at'),
    revision: text(row, 'revision'),
    subtaskCount: integer(row, 'subtask_count'),
  };
}
