import { readHistory } from '../tracker/past/history.ts';
import { defineOperation } from './operation.ts';

export const history = defineOperation({
  name: 'history',
  access: 'look',
  summary: 'What happened to one task, with what changed',
  input: () => import('./plain-inputs.ts').then(({ HistoryInput }) => HistoryInput),
  answer: () => import('../model/answers/history.ts').then(({ HistoryAnswer }) => HistoryAnswer),
  run: ({ scope }, { task, all = false, limit = 100 }) =>
    readHistory(scope, { key: task, all, limit }),
});
