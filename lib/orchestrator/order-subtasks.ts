import { DocketError } from '../model/errors.ts';
import { linkTasks } from '../tracker/link.ts';
import { readPlanState } from '../tracker/plan-state.ts';
import { showTask } from '../tracker/read.ts';
import type { Scope } from '../tracker/scope.ts';
import { together } from '../tracker/write.ts';

/**
 * A plan whose subtasks need nothing of each other is done in their order, and so are the plans below
 * it that state none either: each subtask then needs the one before it, which is written down, so
 * that everybody sees what is ready.
 *
 * @returns number of links made.
 */
export async function orderSubtasks(scope: Scope, key: string): Promise<number> {
  const { leaves } = await readPlanState(scope, key);
  // What has begun was begun in an order that somebody chose.
  if (leaves.some(({ runs }) => runs.length > 0)) return 0;
  const pairs = await pairsBelow(scope, key);
  try {
    return await together(scope, async (joined) => {
      for (const [before, task] of pairs) {
        await linkTasks(joined, { task, target: before, type: 'blocks' });
      }
      return pairs.length;
    });
  } catch (error) {
    // What is below them needs something of each other: that is their order.
    if (error instanceof DocketError && error.code === 'cycle') return 0;
    throw error;
  }
}

type Pair = readonly [before: string, task: string];

/** Keys of subtasks and of those that come next to them; none where some order is stated. */
async function pairsBelow(scope: Scope, key: string): Promise<readonly Pair[]> {
  const { subtasks } = await showTask(scope, key);
  const keys = new Set(subtasks.map((subtask) => subtask.key));
  if (subtasks.some(({ needs }) => needs.some((need) => keys.has(need)))) return [];
  const open = subtasks.filter(({ status }) => status !== 'cancelled');
  const pairs = open.slice(1).map((task, index): Pair => [open[index]?.key ?? '', task.key]);
  for (const { key, subtaskCount } of open) {
    if (subtaskCount > 1) pairs.push(...(await pairsBelow(scope, key)));
  }
  return pairs;
}
