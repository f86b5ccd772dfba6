import { readWho } from '../tracker/reads/who.ts';
import { defineOperation } from './operation.ts';

export const who = defineOperation({
  name: 'who',
  access: 'look',
  summary: 'Who works now: live sessions, what each holds and edits, and where',
  input: () => import('./plain-inputs.ts').then(({ WhoInput }) => WhoInput),
  answer: () => import('../model/answers/who.ts').then(({ WhoAnswer }) => WhoAnswer),
  run: ({ scope }, { limit = 50 }) => readWho(scope, { limit }),
});
