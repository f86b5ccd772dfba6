import * as z from 'zod/mini';
import { DocketError } from '../model/errors.ts';
import { Minutes } from '../model/task/input.ts';
import { stopWork } from '../tracker/tasks/timer.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

export const stop = defineOperation({
  name: 'stop',
  access: 'person',
  summary: 'Stop the clock of your work at a task, or correct the time that it took',
  input: z.strictObject({
    /** By default the task whose clock runs. */
    task: z.optional(Key),
    /** When work ended, ISO 8601; `17:30`: the first such time, here, after its clock began. */
    at: z.optional(z.union([z.iso.datetime(), z.iso.time({ precision: -1 })])),
    /** The minutes of work since the clock began. */
    minutes: z.optional(Minutes),
  }),
  answer: () => import('../model/answers/timer.ts').then(({ StopAnswer }) => StopAnswer),
  run({ scope }, { task, at, minutes }) {
    if (at === undefined || minutes === undefined) return stopWork(scope, task, { at, minutes });
    throw new DocketError('usage', 'docket stop takes --at or --minutes, not both');
  },
});
