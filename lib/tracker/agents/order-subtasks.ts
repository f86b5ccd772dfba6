import { DocketError } from '../../model/errors.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import { type Dependency, findDependencies } from '../../store/tables/dependencies.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findBelow } from '../derive/tree.ts';
import type { Scope } from '../scope.ts';
import { addDependency } from '../tasks/link.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';

/**
 * A plan whose subtasks need nothing of each other is done in their order, and so are the plans below
 * it that state none either: each subtask then needs the one before it, which is written down, so
 * that everybody sees what is ready.
 *
 * @returns number of links made.
 */
export async function orderSubtasks(scope: Scope, key: string): Promise<number> {
  try {
    return await writeWorkspace(scope, async (write) => {
      const root = await findTaskForWrite(write, key);
      const below = await findBelow(write.db, [root.id]);
      const leaves = below.filter((task) => !isContainer(task)).map(({ id }) => id);
      // What has begun was begun in an order that somebody chose.
      if ((await findRuns(write.db, leaves, { withReports: false })).length > 0) return 0;
      const ids = below.map(({ id }) => id);
      const pairs = pairsBelow(root, below, await findDependencies(write.db, ids));
      for (const [before, task] of pairs) await addDependency(write, task, before);
      return pairs.length;
    });
  } catch (error) {
    // What is below them needs something of each other: that is their order.
    if (error instanceof DocketError && error.code === 'cycle') return 0;
    throw error;
  }
}

type Pair = readonly [before: Task, task: Task];

/** Subtasks and those that come next to them; none where some order is stated. */
function pairsBelow(
  root: Task,
  below: readonly Task[],
  dependencies: readonly Dependency[],
): readonly Pair[] {
  const subtasks = Map.groupBy(below, ({ parentId }) => parentId);
  const needs = Map.groupBy(
    dependencies.filter(({ type }) => type === 'blocks'),
    ({ taskId }) => taskId,
  );
  return pairsOf(root);

  function pairsOf({ id }: Task): readonly Pair[] {
    const siblings = subtasks.get(id) ?? [];
    const ids = new Set(siblings.map((task) => task.id));
    const isOrdered = siblings.some((task) =>
      needs.get(task.id)?.some(({ dependsOnId }) => ids.has(dependsOnId)),
    );
    if (isOrdered) return [];
    const open = siblings.filter(({ status }) => status !== 'cancelled');
    const pairs = open.flatMap((task, index): readonly Pair[] => {
      const before = open[index - 1];
      return before === undefined ? [] : [[before, task]];
    });
    return [...pairs, ...open.flatMap(pairsOf)];
  }
}
