import { readStatuses, unfinished } from '../access/statuses.ts';
import { listTasks } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const list = defineOperation({
  name: 'list',
  access: 'look',
  summary: 'Tasks in progress, blocked and pending',
  input: () => import('./plain-inputs.ts').then(({ ListInput }) => ListInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskList }) => TaskList),
  run: ({ scope }, { statuses, all_workspaces: allWorkspaces = false, limit = 50 }) =>
    listTasks(scope, {
      statuses: statuses === undefined ? unfinished : readStatuses(statuses),
      limit,
      allWorkspaces,
    }),
});
