import { DocketError } from '../model/errors.ts';
import type { Keys } from '../tracker/tasks/write-tasks.ts';

/** An input that names one task by `task`, or several by `tasks`. */
export interface NamedTasks {
  readonly task?: string | undefined;
  readonly tasks?: readonly string[] | undefined;
}

/** Gives the key or the keys that an input names. @throws DocketError `invalid_input` */
export function keysOf({ task, tasks }: NamedTasks): Keys {
  const keys = tasks ?? task;
  if (keys !== undefined && (task === undefined || tasks === undefined)) return keys;
  throw new DocketError('invalid_input', 'one of task and tasks must name what is meant');
}
