import type { TaskView } from '../../model/answers/task.ts';

/** A task of a list, and how many containers it stands under there. */
export interface Placed {
  readonly task: TaskView;
  readonly depth: number;
}

/**
 * Puts subtasks under their container, where both are in the list; other tasks keep their order.
 * Subtasks stand in the order of their plan, or in the list's own where it `isSorted`.
 */
export function placeUnderContainers(
  tasks: readonly TaskView[],
  { isSorted }: { readonly isSorted: boolean },
): readonly Placed[] {
  const keys = new Set(tasks.map(({ key }) => key));
  const isBelow = ({ parent }: TaskView) => parent !== null && keys.has(parent);
  const children = Map.groupBy(tasks.filter(isBelow), ({ parent }) => parent);
  const place = (task: TaskView, depth: number): readonly Placed[] => {
    const own = children.get(task.key) ?? [];
    const steps = isSorted ? own : own.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return [{ task, depth }, ...steps.flatMap((step) => place(step, depth + 1))];
  };
  return tasks.filter((task) => !isBelow(task)).flatMap((task) => place(task, 0));
}
