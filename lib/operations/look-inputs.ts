/** Inputs of the verbs that are run all day, apart from them: a command line needs no schema of these. */
import * as z from 'zod/mini';
import { statusWords } from '../access/statuses.ts';
import { ChecklistViewName } from '../model/answers/checklist.ts';
import { Key, limit } from './fields.ts';

export const ListInput = z.strictObject({
  /** In progress, blocked and pending unless some are named. */
  statuses: z.optional(z.array(z.enum(statusWords))),
  /** Of every workspace in the database. */
  all_workspaces: z.optional(z.boolean()),
  limit,
});

export const ReadyInput = z.strictObject({ limit });

export const TaskKeyInput = z.strictObject({ task: Key });

export const LogInput = z.strictObject({
  /** Of this task alone. */
  task: z.optional(Key),
  limit,
});

export const RecapInput = z.strictObject({
  /** How many sessions beside the caller's; 3 unless it is said. */
  sessions: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
});

export const ChecklistInput = z.strictObject({
  task: Key,
  /** `compact` unless it is said. */
  view: z.optional(ChecklistViewName),
  /** `[x]` and `[>]` instead of `[✓]` and `[→]`. */
  ascii: z.optional(z.boolean()),
});
