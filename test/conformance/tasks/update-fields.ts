import type { TaskAnswer } from '../../../lib/model/answers/task.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { type TaskPatch, updateTask } from '../../../lib/tracker/tasks/update.ts';

/** Changes fields of a task, and not its status. */
export function updateFields(scope: Scope, key: string, patch: TaskPatch): Promise<TaskAnswer> {
  return updateTask(scope, key, { patch });
}
