import type { TaskAnswer } from '../../model/answers/task.ts';
import type { Task } from '../../model/task/task.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write/write.ts';

/**
 * Runs a verb on one task: finds the task, lets `apply` change it, and answers what it has become.
 *
 * @throws DocketError what `apply` throws, `not_found`, `ambiguous_key`
 */
export function changeTask(
  scope: Scope,
  key: string,
  apply: (write: Write, task: Task) => Promise<void>,
): Promise<TaskAnswer> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    await apply(write, task);
    return answer(write, task.id);
  });
}
