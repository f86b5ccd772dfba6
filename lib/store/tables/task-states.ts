import type { Task } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { readFields, selected } from './task-row.ts';

// The texts of a task are left out, as they can be long.
const fields = [
  'id',
  'key',
  'workspaceId',
  'parentId',
  'clientId',
  'projectId',
  'billable',
  'status',
  'type',
  'queue',
  'waitingFor',
  'startedAt',
  'notBefore',
  'startsAt',
  'revision',
  'subtaskCount',
  'subtasksLeft',
] as const;

/** The fields of a task that decide about its queue and those of others: a change reads them. */
export type TaskState = Pick<Task, (typeof fields)[number]>;

/** Gives the columns of a task's state, of the table by this name. */
export function stateColumns(table: string): string {
  return selected(fields, table);
}

export function toState(row: Row): TaskState {
  return readFields(row, fields);
}
