import { recap as readRecap } from '../tracker/reads/recap.ts';
import { defineOperation } from './operation.ts';

export const recap = defineOperation({
  name: 'recap',
  access: 'look',
  summary: 'What was done lately and by whom, and what is next',
  input: () => import('./plain-inputs.ts').then(({ RecapInput }) => RecapInput),
  answer: () => import('../model/answers/recap.ts').then(({ RecapAnswer }) => RecapAnswer),
  run: ({ scope }, { sessions = 3 }) => readRecap(scope, { sessions }),
});
