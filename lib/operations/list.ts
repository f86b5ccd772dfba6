import { readStatuses, unfinished } from '../access/statuses.ts';
import { hasFilter } from '../model/task/filter.ts';
import { listFiltered } from '../tracker/reads/filtered-list.ts';
import { listTasks } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const list = defineOperation({
  name: 'list',
  access: 'look',
  summary: 'Tasks in progress, blocked and pending',
  input: () => import('./plain-inputs.ts').then(({ ListInput }) => ListInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskList }) => TaskList),
  run({ scope }, input) {
    const {
      statuses: words,
      all_workspaces: allWorkspaces = false,
      limit = 50,
      sort,
      ...filter
    } = input;
    const statuses = words === undefined ? unfinished : readStatuses(words);
    return hasFilter(filter) || sort !== undefined
      ? listFiltered(scope, {
          column: 'status',
          values: statuses,
          limit,
          allWorkspaces,
          filter,
          sort,
        })
      : listTasks(scope, { statuses, limit, allWorkspaces });
  },
});
