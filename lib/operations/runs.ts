import { listRuns } from '../tracker/view/run.ts';
import { defineOperation } from './operation.ts';

export const runs = defineOperation({
  name: 'runs',
  access: 'look',
  summary: 'What each agent did at a task and its subtasks',
  input: () => import('./plain-inputs.ts').then(({ TaskKeyInput }) => TaskKeyInput),
  answer: () => import('../model/answers/run.ts').then(({ RunsAnswer }) => RunsAnswer),
  run: ({ scope }, { task }) => listRuns(scope, task),
});
