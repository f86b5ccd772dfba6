import { diffLists } from '../tracker/past/diff.ts';
import { defineOperation } from './operation.ts';
import { requirePastMoment } from './past.ts';

export const diff = defineOperation({
  name: 'diff',
  access: 'look',
  summary: 'What changed between two times',
  input: () => import('./plain-inputs.ts').then(({ DiffInput }) => DiffInput),
  answer: () => import('../model/answers/diff.ts').then(({ DiffAnswer }) => DiffAnswer),
  run: ({ scope }, { from, to = 'now', limit = 1_000 }) =>
    diffLists(scope, {
      from: requirePastMoment(from, 'start'),
      to: requirePastMoment(to, 'end'),
      limit,
    }),
});
