import { DocketError } from '../../model/errors.ts';
import { anyOrderField } from '../../model/plan/order.ts';
import { isContainer } from '../../model/task/container.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { addLink } from '../tasks/link.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns } from '../write/load-runs.ts';
import type { LoadedList } from '../write/loaded-list.ts';
import { isOrdered } from '../write/siblings.ts';

/**
 * Puts subtasks that were added one by one in their order, where none of them needs another, and
 * does the same in the plans below. Each then needs the one before it; the links are stored, so
 * that everybody sees what is ready. A plan whose order is free on purpose says so in its context.
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
      const containers = [root, ...below].filter(isContainer).map(({ id }) => id);
      await loadTasks(write, containers);
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
  if (siblings.length === 0 || isOrdered(list, siblings)) return [];
  const isFree = Object.hasOwn(readContext(list.task(id).context), anyOrderField);
  const open = siblings.filter(({ status }) => status !== 'cancelled');
  const pairs = open.flatMap((task, index): readonly Pair[] => {
    const before = open[index - 1];
    return before === undefined ? [] : [[before, task]];
  });
  return [...(isFree ? [] : pairs), ...open.flatMap((task) => pairsBelow(list, task.id))];
}
