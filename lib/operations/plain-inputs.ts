/**
 * Inputs of keys, switches and numbers, apart from their operations: a command line has checked them
 * with its flags, and then zod, which takes 6 ms, is not loaded.
 */
import * as z from 'zod/mini';
import { statusWords } from '../access/statuses.ts';
import { ChecklistViewName } from '../model/answers/checklist.ts';
import { TaskInput } from '../model/task/input.ts';
import { force, Key, limit } from './fields.ts';

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

/** Of a verb that does one thing to a task. */
export const ForceInput = z.strictObject({ task: Key, force });

export const ClaimInput = z.strictObject({
  /** Else the most urgent task that is ready. */
  task: z.optional(Key),
  /** Takes over a claim whose holder has gone. */
  steal: z.optional(z.boolean()),
  /** With `steal`: even from a live holder. */
  force,
  /** The agent that will do it, by its display name. */
  agent: TaskInput.shape.assigned_agent,
});
