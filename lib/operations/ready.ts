import { hasFilter } from '../model/task/filter.ts';
import { listReady } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const ready = defineOperation({
  name: 'ready',
  access: 'look',
  summary: 'What can be started now, most urgent first',
  input: () => import('./plain-inputs.ts').then(({ ReadyInput }) => ReadyInput),
  answer: () => import('../model/answers/task.ts').then(({ TaskList }) => TaskList),
  async run({ scope }, { limit = 25, sort, ...filter }) {
    if (!hasFilter(filter) && sort === undefined) return listReady(scope, { limit });
    const { listFiltered } = await import('../tracker/reads/filtered-list.ts');
    const values = ['ready', 'scheduled'];
    return listFiltered(scope, { column: 'queue', values, limit, filter, sort });
  },
});
