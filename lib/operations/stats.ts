import * as z from 'zod/mini';
import { TaskType } from '../model/task/task.ts';
import { personalTimeZone } from '../model/time-zone.ts';
import { readStats } from '../tracker/reads/stats.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** The number of weeks, the one under way included; 8 by default. */
  weeks: z.optional(z.int().check(z.minimum(1), z.maximum(104))),
  type: z.optional(TaskType),
  /** The display name of the only agent to measure. */
  agent: z.optional(z.string()),
  /** The only client and the only project to measure; empty text for none. */
  client: z.optional(z.string()),
  project: z.optional(z.string()),
});

export const stats = defineOperation({
  name: 'stats',
  access: 'look',
  summary: 'How long tasks take, what holds them up, how many are done',
  input: Input,
  answer: () => import('../model/answers/stats.ts').then(({ StatsAnswer }) => StatsAnswer),
  run: ({ scope, env }, { weeks = 8, ...options }) =>
    readStats(scope, { weeks, ...options, timeZone: personalTimeZone(env) }),
});
