import * as z from 'zod/mini';
import { FieldChange } from './history.ts';
import { AsOf } from './past.ts';
import { TaskView } from './task.ts';

/** What became of a task between two moments, the first that fits. */
export const diffKinds = [
  ...(['completed', 'cancelled', 'new', 'reopened', 'blocked', 'claimed', 'released'] as const),
  ...(['unblocked', 'ready', 'waiting', 'moved', 'changed', 'around'] as const),
] as const;

export const DiffKind = z.enum(diffKinds);
export type DiffKind = z.infer<typeof DiffKind>;

/** A task that is not as it was. */
export const TaskDiff = z.object({
  /** `around`: nothing but what stands around it changed, such as the title of its container. */
  kind: DiffKind,
  /** Null of one that was not there yet. */
  before: z.nullable(TaskView),
  after: TaskView,
  /** The fields that differ, by the names that a task's answer has for them. */
  changes: z.array(FieldChange),
});
export type TaskDiff = z.infer<typeof TaskDiff>;

/**
 * What changed between two moments; whoever replaces the tasks before by those after has the later
 * list.
 */
export const DiffAnswer = z.object({
  from: AsOf,
  to: AsOf,
  /** Those that fit the limit, by kind, priority and age. */
  tasks: z.array(TaskDiff),
  /** How many there are of each kind; those that are not named have none. */
  counts: z.record(z.string(), z.int()),
  /** How many there are in all. */
  total: z.int(),
});
export type DiffAnswer = z.infer<typeof DiffAnswer>;
