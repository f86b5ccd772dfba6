import { readHistory } from '../tracker/past/history.ts';
import { elseArchived } from './else-archived.ts';
import { defineOperation } from './operation.ts';

export const history = defineOperation({
  name: 'history',
  access: 'look',
  summary: 'What happened to one task, with what changed',
  input: () => import('./plain-inputs.ts').then(({ HistoryInput }) => HistoryInput),
  answer: () => import('../model/answers/history.ts').then(({ HistoryAnswer }) => HistoryAnswer),
  run({ scope }, { task, all = false, limit = 100 }) {
    const options = { key: task, all, limit };
    return elseArchived(
      () => readHistory(scope, options),
      async () => {
        const { readArchivedHistory } = await import('../tracker/past/archived-history.ts');
        return readArchivedHistory(scope, options);
      },
    );
  },
});
