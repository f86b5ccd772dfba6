import { isClosed } from '../../model/task/status.ts';
import type { Need } from '../../store/queries/trees.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from '../write/loaded-list.ts';

/**
 * Lists unfinished dependencies: the task's own first, then its containers', the innermost first.
 */
export function blockersOf(
  list: LoadedList,
  task: Pick<TaskState, 'id' | 'parentId'>,
): readonly Need[] {
  return [task, ...list.containersOf(task)]
    .flatMap(({ id }) => list.needsOf(id))
    .filter(({ type, status }) => type === 'blocks' && !isClosed(status));
}
