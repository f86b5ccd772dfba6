/**
 * Inputs of keys, switches and numbers, and of what looks, stand apart from their operations: the
 * flags of a command line have checked them, and then zod, which takes 6 ms, is not loaded.
 */
import * as z from 'zod/mini';
import { statusWords } from '../access/statuses.ts';
import { ChecklistViewName } from '../model/answers/checklist.ts';
import { sortWords } from '../model/task/filter.ts';
import { Reason, TaskInput } from '../model/task/input.ts';
import { Priority, TaskType } from '../model/task/task.ts';
import { force, Key, limit, taskOrTasks } from './fields.ts';

/** The filters of a list, all of which a task must pass, and its order. */
const filters = {
  client: z.optional(z.string()),
  project: z.optional(z.string()),
  /** The agent that a task is meant for, or that works on it. */
  agent: z.optional(z.string()),
  types: z.optional(z.array(TaskType)),
  priorities: z.optional(z.array(Priority)),
  /** Labels that a task must have, each of them. */
  labels: z.optional(z.array(z.string())),
  /** Everything below this task. */
  parent: z.optional(Key),
  /** Words of the title or description, in whatever case. */
  text: z.optional(z.string()),
  /** The order; by default status, priority and age. */
  sort: z.optional(z.enum(sortWords)),
};

export const ListInput = z.strictObject({
  /** Tasks that the caller holds. */
  mine: z.optional(z.boolean()),
  /** Tasks that somebody holds: `alice`, or one session of hers, `alice#f463`. */
  who: z.optional(z.string()),
  ...filters,
  /** The statuses to list; in progress, blocked and pending by default. */
  statuses: z.optional(z.array(z.enum(statusWords))),
  /** Lists the tasks of every workspace in the database. */
  all_workspaces: z.optional(z.boolean()),
  limit,
});

export const OverviewInput = z.strictObject({});

export const WhoInput = z.strictObject({ limit });

export const ReadyInput = z.strictObject({ ...filters, limit });

export const HistoryInput = z.strictObject({
  task: Key,
  /** Tells of everything below it as well. */
  all: z.optional(z.boolean()),
  limit,
});

/** A time that was: ISO 8601 or as people write it; or the number of an event. */
const Moment = z.union([z.string(), z.int()]);

export const DiffInput = z.strictObject({
  /** A day stands for its beginning. */
  from: Moment,
  /** A day stands for its end; now by default. */
  to: z.optional(Moment),
  limit,
});

export const AtInput = z.strictObject({
  time: Moment,
  /** The operation that looks at the list as it was then. */
  verb: z.enum(['list', 'ready', 'show']),
  /** The input of that operation. */
  input: z.optional(z.record(z.string(), z.unknown())),
});

export const NoInput = z.strictObject({});

export const TaskKeyInput = z.strictObject({ task: Key });

export const TaskKeysInput = z.strictObject(taskOrTasks);

export const LogInput = z.strictObject({
  /** The task whose events are read; every one's by default. */
  task: z.optional(Key),
  limit,
});

export const RecapInput = z.strictObject({
  /** The number of sessions beside the caller's; 3 by default. */
  sessions: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
});

export const ChecklistInput = z.strictObject({
  task: Key,
  /** The view; `compact` by default. */
  view: z.optional(ChecklistViewName),
  /** Prints `[x]` and `[>]` instead of `[✓]` and `[→]`. */
  ascii: z.optional(z.boolean()),
});

/** The input of a verb that does one thing to a task, or to several. */
export const ForceInput = z.strictObject({ ...taskOrTasks, force });

export const UnblockInput = z.extend(ForceInput, {
  /** How it was settled, which whoever takes the task up again is told. */
  resolution: z.optional(Reason),
});

export const StartInput = z.strictObject({
  task: Key,
  /** Takes over a claim whose holder has gone. */
  steal: z.optional(z.boolean()),
  /** With `steal`: takes the claim even from a live holder. */
  force,
  /** The display name of the agent that will do it. */
  agent: TaskInput.shape.assigned_agent,
});

export const ClaimInput = z.strictObject({
  /** The task; by default the most urgent one that is ready. */
  ...taskOrTasks,
  /** Takes over a claim whose holder has gone. */
  steal: z.optional(z.boolean()),
  /** With `steal`: takes the claim even from a live holder. */
  force,
  /** The display name of the agent that will do it. */
  agent: TaskInput.shape.assigned_agent,
});

export const SearchInput = z.strictObject({
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

export const StatsInput = z.strictObject({
  /** The number of weeks, the one under way included; 8 by default. */
  weeks: z.optional(z.int().check(z.minimum(1), z.maximum(104))),
  type: z.optional(TaskType),
  /** The display name of the only agent to measure. */
  agent: z.optional(z.string()),
  /** The only client and the only project to measure; empty text for none. */
  client: z.optional(z.string()),
  project: z.optional(z.string()),
});
