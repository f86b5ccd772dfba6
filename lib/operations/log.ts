import { readLog } from '../tracker/reads/lists.ts';
import { defineOperation } from './operation.ts';

export const log = defineOperation({
  name: 'log',
  access: 'look',
  summary: 'What happened, newest first',
  input: () => import('./plain-inputs.ts').then(({ LogInput }) => LogInput),
  answer: () => import('../model/answers/task.ts').then(({ LogAnswer }) => LogAnswer),
  async run({ scope }, { task, limit = 20 }) {
    const { events } = await readLog(scope, { key: task, limit });
    return { events: [...events] };
  },
});
