import { readStatuses, unfinished } from '../access/statuses.ts';
import { hasFilter } from '../model/task/filter.ts';
import { listTasks } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const list = defineOperation({
  name: 'list',
  access: 'look',
  summary: 'Tasks in progress, blocked and pending',
  input: () => import('./plain-inputs.ts').then(({ ListInput }) => ListInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskList }) => TaskList),
  async run({ scope }, input) {
    const {
      statuses: words,
      all_workspaces: allWorkspaces = false,
      limit = 50,
      sort,
      ...filter
    } = input;
    const statuses = words === undefined ? unfinished : readStatuses(words);
    if (!hasFilter(filter) && sort === undefined) {
      return listTasks(scope, { statuses, limit, allWorkspaces });
    }
    const { listFiltered } = await import('../tracker/reads/filtered-list.ts');
    const which = { column: 'status', values: statuses, limit, allWorkspaces } as const;
    return listFiltered(scope, { ...which, filter, sort });
  },
});
