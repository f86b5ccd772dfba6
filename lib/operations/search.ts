import * as z from 'zod/mini';
import { readStatuses, statusWords } from '../access/statuses.ts';
import { TaskType } from '../model/task/task.ts';
import { searchTasks } from '../tracker/reads/search.ts';
import { limit } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** Words that a task must have, in whatever case. */
  text: z.string(),
  statuses: z.optional(z.array(z.enum(statusWords))),
  types: z.optional(z.array(TaskType)),
  agent: z.optional(z.string()),
  client: z.optional(z.string()),
  project: z.optional(z.string()),
  /** Searches every task instead of the newest 10,000. */
  deep: z.optional(z.boolean()),
  limit,
});

export const search = defineOperation({
  name: 'search',
  access: 'look',
  summary: 'Tasks that have some words, newest first',
  input: Input,
  answer: () => import('../model/answers/search.ts').then(({ SearchAnswer }) => SearchAnswer),
  run({ scope }, { text, statuses = [], deep: isDeep = false, limit: most = 25, ...filter }) {
    const options = { ...filter, statuses: readStatuses(statuses), limit: most, isDeep };
    return searchTasks(scope, text, options);
  },
});
