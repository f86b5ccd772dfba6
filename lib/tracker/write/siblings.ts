import { isClosed } from '../../model/task/status.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { LoadedList } from './loaded-list.ts';

/** Whether any of these siblings needs another of them, which is their order then. */
export function isOrdered(list: LoadedList, siblings: readonly TaskState[]): boolean {
  return siblings.some((task) => needsAmong(list, siblings, task).length > 0);
}

/** Lists the open siblings that no other open one waits for: the end of their order. */
export function endsOf(list: LoadedList, siblings: readonly TaskState[]): readonly TaskState[] {
  const open = siblings.filter(({ status }) => !isClosed(status));
  const needed = new Set(open.flatMap((task) => needsAmong(list, open, task)));
  return open.filter(({ id }) => !needed.has(id));
}

function needsAmong(
  list: LoadedList,
  siblings: readonly TaskState[],
  { id }: TaskState,
): readonly string[] {
  const ids = new Set(siblings.map((task) => task.id));
  return list
    .needsOf(id)
    .filter(({ type, dependsOnId }) => type === 'blocks' && ids.has(dependsOnId))
    .map(({ dependsOnId }) => dependsOnId);
}
