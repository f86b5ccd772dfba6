import { showTask } from '../../../lib/tracker/reads/detail.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { type CreateOptions, createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { linkTasks } from '../../../lib/tracker/tasks/link.ts';

/** Creates a task and gives its key. */
export async function create(
  list: Scope,
  title: string,
  options: CreateOptions = {},
): Promise<string> {
  return (await createTask(list, { title }, options)).task.key;
}

/** Creates a container with `size` subtasks and gives its key; theirs end in `.1`, `.2` ... */
export async function createContainer(list: Scope, size: number): Promise<string> {
  const subtasks = Array.from({ length: size }, (_, index) => ({ title: `Part ${index + 1}` }));
  return (await createPlan(list, { title: 'Whole', subtasks })).task.key;
}

/** Says that `task` needs `target`. */
export async function need(list: Scope, task: string, target: string): Promise<void> {
  await linkTasks(list, { task, target, type: 'blocks' });
}

export async function statusOf(list: Scope, key: string): Promise<string> {
  return (await showTask(list, key)).task.status;
}

export async function isReady(list: Scope, key: string): Promise<boolean> {
  return (await showTask(list, key)).task.ready;
}

export async function claim(list: Scope, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await claimTask(list, key);
}
