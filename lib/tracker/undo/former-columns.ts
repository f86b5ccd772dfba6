import type { Task } from '../../model/task/task.ts';
import { changeableValues, type TaskChange } from '../../store/tables/task-row.ts';
import { storedTime } from '../stored-time.ts';
import type { Values } from './past-verb.ts';

/** The columns that have a time, which an event tells as people read it. */
const times: readonly string[] = ['started_at', 'completed_at'];

/**
 * Reads the former values of a task's columns from an event. Other fields of it are left out: their
 * names never reach a statement.
 */
export function formerColumns(task: Task, old: Values): TaskChange {
  const columns = Object.keys(changeableValues(task)).filter((column) => !own.has(column));
  const values: Record<string, string | number | null> = {};
  for (const column of [...columns, ...times]) {
    const value = Object.hasOwn(old, column) ? old[column] : undefined;
    if (value === null || typeof value === 'number') values[column] = value;
    if (typeof value === 'string') {
      values[column] = times.includes(column) ? storedTime(value) : value;
    }
  }
  return values;
}

/** The columns that are derived, or restored together. */
const own: ReadonlySet<string> = new Set([
  'status',
  'queue',
  'waiting_for',
  'subtask_count',
  'subtasks_left',
]);
