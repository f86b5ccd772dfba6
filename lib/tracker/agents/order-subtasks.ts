import { DocketError } from '../../model/errors.ts';
import { isContainer } from '../../model/task/container.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import { loadRuns } from '../runs/load-runs.ts';
import type { Scope } from '../scope.ts';
import { addLink } from '../tasks/link.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';
import type { LoadedList } from '../write/loaded-list.ts';

/**
 * Puts the subtasks of a plan in their order when none of them needs another, and does the same in
 * the plans below it. Each subtask then needs the one before it; the links are stored, so that
 * everybody sees what is ready.
 *
 * @returns number of links made.
 */
export async function orderSubtasks(scope: Scope, key: string): Promise<number> {
  try {
    return await writeWorkspace(scope, { keys: [key] }, async (write) => {
      const root = await findTaskForWrite(write, key);
      const below = write.list.below(root.id);
      const leaves = below.filter((task) => !isContainer(task)).map(({ id }) => id);
      // A plan whose work has begun has an order that somebody chose.
      await loadRuns(write, leaves);
      if (leaves.some((id) => (write.runs.find(id) ?? []).length > 0)) return 0;
      const pairs = pairsBelow(write.list, root.id);
      for (const [before, task] of pairs) {
        await addLink(write, { task, target: before, type: 'blocks' });
      }
      return pairs.length;
    });
  } catch (error) {
    // Tasks below the subtasks need each other across them: that is their order.
    if (error instanceof DocketError && error.code === 'cycle') return 0;
    throw error;
  }
}

type Pair = readonly [before: TaskState, task: TaskState];

/** Pairs each subtask with the one before it, at every level; none where an order is stated. */
function pairsBelow(list: LoadedList, id: string): readonly Pair[] {
  const siblings = list.subtasksOf(id);
  const ids = new Set(siblings.map((task) => task.id));
  const isOrdered = siblings.some((task) =>
    list
      .needsOf(task.id)
      .some(({ type, dependsOnId }) => type === 'blocks' && ids.has(dependsOnId)),
  );
  if (isOrdered) return [];
  const open = siblings.filter(({ status }) => status !== 'cancelled');
  const pairs = open.flatMap((task, index): readonly Pair[] => {
    const before = open[index - 1];
    return before === undefined ? [] : [[before, task]];
  });
  return [...pairs, ...open.flatMap((task) => pairsBelow(list, task.id))];
}
