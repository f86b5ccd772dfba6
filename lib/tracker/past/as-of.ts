import type { AsOf } from '../../model/answers/past.ts';
import type { TaskView } from '../../model/answers/task.ts';
import { notKnownOf } from '../../store/queries/past-target.ts';
import { ask } from '../../store/sql/request.ts';
import type { PastList } from './rebuilding.ts';

/** Gives a task as far as it is known of a former moment. */
export function viewPast(task: TaskView): TaskView {
  const claim = task.claim && { ...task.claim, stale: false, absence: null, lastSeenAt: null };
  return { ...task, claim, updatedAt: '', revision: '' };
}

/** Says of which moment a past list is, and what is not known of some of its tasks. */
export async function tellAsOf(
  { scope, at, seq, missing, damaged }: PastList,
  tasks: readonly Pick<TaskView, 'id' | 'key'>[],
): Promise<AsOf> {
  const found = await ask(
    scope.store.db,
    notKnownOf(
      tasks.map(({ id }) => id),
      seq,
    ),
  );
  return {
    ...{ at, seq, missing, damaged: [...damaged] },
    notKnown: tasks.flatMap(({ id, key }) => {
      const fields = found.filter(({ taskId }) => taskId === id).map(({ field }) => field);
      return fields.length === 0 ? [] : [{ task: key, fields }];
    }),
  };
}
