import { isClosed } from '../../model/task/status.ts';
import type { Need } from '../../store/queries/trees.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from '../write/loaded-list.ts';

/**
 * Lists unfinished dependencies: the task's own first, then its containers', the innermost first,
 * each by its age. The first one is what a task waits for, so that this follows from the links alone:
 * in which order they were made an undo does not bring back, and two may be of one moment.
 */
export function blockersOf(
  list: LoadedList,
  task: Pick<TaskState, 'id' | 'parentId'>,
): readonly Need[] {
  return [task, ...list.containersOf(task)]
    .flatMap(({ id }) => list.needsOf(id).toSorted(byAge))
    .filter(({ type, status }) => type === 'blocks' && !isClosed(status));
}

/** Ids begin with the time at which they were made. */
function byAge(a: Need, b: Need): number {
  return a.dependsOnId < b.dependsOnId ? -1 : 1;
}
