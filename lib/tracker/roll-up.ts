import { rollUp } from '../model/merge-report.ts';
import { serialiseContext } from '../model/serialise-context.ts';
import type { Task } from '../model/task.ts';
import { findSubtasks } from '../store/tables/tasks.ts';
import { readContext } from './stored-json.ts';
import type { Write } from './write.ts';

/**
 * The context of a container that is completed: its own with what its subtasks' add. One that would
 * be too long for the column stays as it is; the subtasks have all of it.
 */
export async function rolledUpContext(write: Write, container: Task): Promise<string> {
  const subtasks = await findSubtasks(write.db, [container.id]);
  const context = rollUp(
    readContext(container.context),
    subtasks.map((subtask) => ({
      isCompleted: subtask.status === 'completed',
      context: readContext(subtask.context),
    })),
  );
  try {
    return serialiseContext(context);
  } catch {
    return container.context;
  }
}
