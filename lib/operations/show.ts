import type { TaskDetail, TaskDetails } from '../model/answers/task.ts';
import { showTask, showTasks } from '../tracker/reads/detail.ts';
import type { Scope } from '../tracker/scope.ts';
import { elseArchived } from './else-archived.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const show = defineOperation({
  name: 'show',
  access: 'look',
  summary: 'Everything about one task: fields, subtasks, notes',
  input: () => import('./plain-inputs.ts').then(({ TaskKeysInput }) => TaskKeysInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.TaskDetailOrDetails),
  async run({ scope }, named): Promise<TaskDetail | TaskDetails> {
    const keys = keysOf(named);
    if (typeof keys === 'string') return showOne(scope, keys);
    return elseArchived(
      () => showTasks(scope, keys),
      async () => {
        const found = new Map<string, TaskDetail>();
        for (const key of keys) {
          const detail = await showOne(scope, key);
          found.set(detail.task.id, detail);
        }
        return { details: [...found.values()] };
      },
    );
  },
});

/** Shows a task, in the list or archived. */
function showOne(scope: Scope, key: string): Promise<TaskDetail> {
  return elseArchived(
    () => showTask(scope, key),
    async () => {
      const { showArchived } = await import('../tracker/archive/show-archived.ts');
      return showArchived(scope, key);
    },
  );
}
