import { isContainer } from '../../model/task/container.ts';
import { loadTrees } from '../write/load.ts';
import type { Write } from '../write/write.ts';

/** A task on a path. */
interface Step {
  readonly id: string;
  readonly key: string;
}

/**
 * Looks for the cycle that would close if `task` needed `target`. Before `target` is done,
 * everything that it needs must be done, what its containers need (it cannot start before), and all
 * tasks below it (a container is done when its subtasks are). If that leads back to `task`, to its
 * subtasks or to its containers, none of them could ever start.
 *
 * @returns keys along the cycle, `task` first and last, or undefined.
 */
export async function findCycle(
  write: Write,
  { task, target }: { readonly task: Step; readonly target: Step },
): Promise<readonly string[] | undefined> {
  const { list } = write;
  const cameFrom = new Map<string, Step | undefined>([[target.id, undefined]]);
  let level: readonly Step[] = [target];
  while (level.length > 0) {
    await loadTrees(
      write,
      level.map(({ key }) => key),
    );
    const next = new Map<string, { readonly to: Step; readonly from: Step }>();
    for (const from of level) {
      const state = list.state(from.id);
      const held = [state, ...list.containersOf(state)];
      if (held.some(({ id }) => id === task.id)) {
        if (from.id !== task.id) cameFrom.set(task.id, from);
        return path(task, cameFrom);
      }
      for (const { id } of held) {
        for (const { type, dependsOnId, key } of list.needsOf(id)) {
          if (type === 'blocks') next.set(dependsOnId, { to: { id: dependsOnId, key }, from });
        }
      }
      const below = isContainer(state) ? list.subtasksOf(from.id) : [];
      for (const { id, key } of below) next.set(id, { to: { id, key }, from });
    }
    const fresh = [...next.values()].filter(({ to }) => !cameFrom.has(to.id));
    for (const { to, from } of fresh) cameFrom.set(to.id, from);
    level = fresh.map(({ to }) => to);
  }
  return undefined;
}

function path(task: Step, cameFrom: ReadonlyMap<string, Step | undefined>): readonly string[] {
  const steps = [task.key];
  for (let from = cameFrom.get(task.id); from !== undefined; from = cameFrom.get(from.id)) {
    steps.unshift(from.key);
  }
  return [task.key, ...steps];
}
