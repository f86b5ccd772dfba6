import { personalTimeZone } from '../model/time-zone.ts';
import { readStats } from '../tracker/reads/stats.ts';
import { defineOperation } from './operation.ts';

export const stats = defineOperation({
  name: 'stats',
  access: 'look',
  summary: 'How long tasks take, what holds them up, how many are done',
  input: () => import('./plain-inputs.ts').then(({ StatsInput }) => StatsInput),
  answer: () => import('../model/answers/stats.ts').then(({ StatsAnswer }) => StatsAnswer),
  run: ({ scope, env }, { weeks = 8, ...options }) =>
    readStats(scope, { weeks, ...options, timeZone: personalTimeZone(env) }),
});
