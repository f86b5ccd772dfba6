import { readStatuses } from '../access/statuses.ts';
import { searchTasks } from '../tracker/reads/search.ts';
import { defineOperation } from './operation.ts';

export const search = defineOperation({
  name: 'search',
  access: 'look',
  summary: 'Tasks that have some words, newest first',
  input: () => import('./plain-inputs.ts').then(({ SearchInput }) => SearchInput),
  answer: () => import('../model/answers/search.ts').then(({ SearchAnswer }) => SearchAnswer),
  run({ scope }, { text, statuses = [], deep: isDeep = false, limit: most = 25, ...filter }) {
    const options = { ...filter, statuses: readStatuses(statuses), limit: most, isDeep };
    return searchTasks(scope, text, options);
  },
});
