import { isContainer } from '../../model/task/container.ts';
import { isClosed } from '../../model/task/status.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from './loaded-list.ts';

/**
 * Whether this is a container of a loaded tree that is open although no subtask of it is: it was
 * worked on before it had any.
 */
export function isUnfinished(list: LoadedList, task: TaskState): boolean {
  if (!isContainer(task) || isClosed(task.status)) return false;
  return list.subtasksOf(task.id).every(({ status }) => isClosed(status));
}
