import * as z from 'zod/mini';
import { TaskContext } from '../task/input.ts';

/** A container of a task: the plan that it is part of, or a part of that plan. */
export const PartOf = z.object({
  key: z.string(),
  title: z.string(),
  description: z.string(),
  context: TaskContext,
});
export type PartOf = z.infer<typeof PartOf>;

/** A step that was done before, with what came of it. */
export const DoneBefore = z.object({
  key: z.string(),
  title: z.string(),
  outcome: z.nullable(z.string()),
  /** The fields of its context that hold results: files, findings ... */
  results: TaskContext,
  /** Whether the task needs it. */
  isNeeded: z.boolean(),
});
export type DoneBefore = z.infer<typeof DoneBefore>;

/** An earlier run of a task, and how it ended. */
export const EarlierRun = z.object({
  /** Empty when nobody said; then the worker tells who it was. */
  agent: z.string(),
  actor: z.string(),
  session: z.string(),
  agentId: z.string(),
  role: z.string(),
  status: z.string(),
  verdict: z.nullable(z.string()),
  error: z.nullable(z.string()),
});
export type EarlierRun = z.infer<typeof EarlierRun>;

/** Everything that a worker is told of a task beyond the task itself and its notes. */
export const HandOver = z.object({
  /** The outermost container first. */
  partOf: z.array(PartOf),
  /** Steps of the outermost container, without cancelled ones; null of a task without containers. */
  progress: z.nullable(z.object({ done: z.int(), total: z.int() })),
  /** Those that the task needs, then others of its plan, oldest first. */
  before: z.array(DoneBefore),
  /** Lasting facts about its client, project and infrastructure, newest first. */
  insights: z.array(z.object({ subject: z.string(), text: z.string() })),
  /** Runs that have ended, in the order they began. */
  earlier: z.array(EarlierRun),
  /** The fields that a report on the task may have. */
  reportFields: z.array(z.string()),
});
export type HandOver = z.infer<typeof HandOver>;
