import { readLog } from '../tracker/reads/log.ts';
import { elseArchived } from './else-archived.ts';
import { defineOperation } from './operation.ts';

export const log = defineOperation({
  name: 'log',
  access: 'look',
  summary: 'What happened, newest first',
  input: () => import('./plain-inputs.ts').then(({ LogInput }) => LogInput),
  answer: () => import('../model/answers/task.ts').then(({ LogAnswer }) => LogAnswer),
  run({ scope }, { task, limit = 20 }) {
    return elseArchived(
      () => readLog(scope, { key: task, limit }),
      async () => {
        const { readArchivedLog } = await import('../tracker/past/archived-history.ts');
        return readArchivedLog(scope, { key: task ?? '', limit });
      },
    );
  },
});
