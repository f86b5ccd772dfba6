import { DocketError } from '../model/errors.ts';
import type { TaskView } from '../model/output.ts';
import { linkTasks } from '../tracker/link.ts';
import { readPlanState } from '../tracker/plan-state.ts';
import { showTask } from '../tracker/read.ts';
import type { Scope } from '../tracker/scope.ts';
import { together } from '../tracker/write.ts';

/**
 * A plan whose subtasks need nothing of each other is done in their order: each then needs the one
 * before it, which is written down, so that everybody sees what is ready.
 *
 * @returns number of links made.
 */
export async function orderSubtasks(scope: Scope, key: string): Promise<number> {
  const { root, leaves } = await readPlanState(scope, key);
  // What has begun was begun in an order that somebody chose.
  if (root.subtaskCount < 2 || leaves.some(({ runs }) => runs.length > 0)) return 0;
  const { subtasks } = await showTask(scope, key);
  const keys = new Set(subtasks.map((subtask) => subtask.key));
  if (subtasks.some(({ needs }) => needs.some((need) => keys.has(need)))) return 0;
  const open = subtasks.filter(({ status }) => status !== 'cancelled');
  const pairs = open.slice(1).map((task, index) => ({ task, before: open[index] }));
  try {
    return await together(scope, async (joined) => {
      for (const { task, before } of pairs) await link(joined, task, before);
      return pairs.length;
    });
  } catch (error) {
    // What is below them needs something of each other: that is their order.
    if (error instanceof DocketError && error.code === 'cycle') return 0;
    throw error;
  }
}

async function link(scope: Scope, task: TaskView, before: TaskView | undefined): Promise<void> {
  if (before === undefined) return;
  await linkTasks(scope, { task: task.key, target: before.key, type: 'blocks' });
}
