import { hasFilter } from '../model/task/filter.ts';
import { listFiltered } from '../tracker/reads/filtered-list.ts';
import { listReady } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const ready = defineOperation({
  name: 'ready',
  access: 'look',
  summary: 'What can be started now, most urgent first',
  input: () => import('./plain-inputs.ts').then(({ ReadyInput }) => ReadyInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskList }) => TaskList),
  run: ({ scope }, { limit = 25, sort, ...filter }) =>
    hasFilter(filter) || sort !== undefined
      ? listFiltered(scope, {
          column: 'queue',
          values: ['ready', 'scheduled'],
          limit,
          filter,
          sort,
        })
      : listReady(scope, { limit }),
});
