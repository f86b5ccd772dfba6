import type { StoredTask } from '../tasks/stored-task.ts';

/** Tasks that could never be done, because that takes their own being done. */
export function findCycles(tasks: ReadonlyMap<string, StoredTask>): readonly string[] {
  const state = new Map<StoredTask, 'entered' | 'left'>();
  const found: string[] = [];

  // What must be done before `task` is: what it and its containers need, and what is below it.
  function visit(task: StoredTask): void {
    if (state.get(task) === 'left') return;
    if (state.get(task) === 'entered') {
      found.push(`${task.key} is in a cycle`);
      return;
    }
    state.set(task, 'entered');
    for (const next of [...neededBy(task), ...task.children]) visit(next);
    state.set(task, 'left');
  }

  for (const task of tasks.values()) visit(task);
  return found;
}

function neededBy(task: StoredTask): readonly StoredTask[] {
  return task.parent ? [...task.needs, ...neededBy(task.parent)] : task.needs;
}
