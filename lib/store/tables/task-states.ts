import type { Task } from '../../model/task/task.ts';
import type { Db, Row } from '../contract.ts';
import { queryIn } from '../sql/in-list.ts';
import { readFields, selected } from './task-row.ts';

// Without the texts of a task, which can be long.
const fields = [
  'id',
  'key',
  'parentId',
  'clientId',
  'status',
  'queue',
  'waitingFor',
  'startedAt',
  'revision',
  'subtaskCount',
] as const;

/** The fields of a task that decide about its list and that of others: a change reads them. */
export type TaskState = Pick<Task, (typeof fields)[number]>;

const columns = selected(fields);

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

function toState(row: Row): TaskState {
  return readFields(row, fields);
}
