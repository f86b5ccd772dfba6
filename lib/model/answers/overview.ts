import * as z from 'zod/mini';
import { Priority, Status } from '../task/task.ts';
import { part } from './part.ts';
import { ClaimView } from './task.ts';

const NamedTask = z.object({
  key: z.string(),
  title: z.string(),
  priority: Priority,
  parent: z.nullable(z.string()),
  parentTitle: z.nullable(z.string()),
});

const OpenTask = z.extend(NamedTask, {
  /** When it should be done. */
  due: z.nullable(z.string()),
});

export const OverviewHeld = z.extend(OpenTask, {
  claim: ClaimView,
  /** The beginning of its newest note. */
  lastNote: z.nullable(z.string()),
});
export type OverviewHeld = z.infer<typeof OverviewHeld>;

const Blocked = z.extend(OpenTask, {
  reason: z.string(),
  /** Null: an older docket did not keep it. */
  since: z.nullable(z.string()),
  /** Who keeps it while it is blocked. */
  claim: z.nullable(ClaimView),
});

export const OverviewPlan = z.object({
  key: z.string(),
  title: z.string(),
  priority: Priority,
  /** A plan is `in_progress`, or `blocked` when none of its steps can go on. */
  status: Status,
  /** The subtasks that are completed, of those that are not cancelled. */
  done: z.int(),
  total: z.int(),
});
export type OverviewPlan = z.infer<typeof OverviewPlan>;

const Finished = z.extend(NamedTask, {
  completedAt: z.string(),
  /** Who completed it; null where no event says so. */
  by: z.nullable(z.object({ actor: z.string(), session: z.string(), agent: z.string() })),
  /** The first line of its outcome. */
  outcome: z.nullable(z.string()),
});

/** What a person looks at: each part names its first tasks, and counts all. */
export const OverviewAnswer = z.object({
  workspace: z.string(),
  /** The database's URL; null where a program named the database itself. */
  database: z.nullable(z.string()),
  /** How many tasks are in progress; those beyond the next three parts were not looked at. */
  inProgress: z.int(),
  /** What this session and other sessions of the same actor hold. */
  mine: part(OverviewHeld),
  others: part(OverviewHeld),
  /** What is held by who has gone: `docket claim KEY --steal` takes it. */
  abandoned: part(OverviewHeld),
  blocked: part(Blocked),
  ready: part(OpenTask),
  /** How many tasks wait for others. */
  waiting: z.int(),
  /** How many tasks wait for nothing but the time before which they may not begin. */
  scheduled: z.int(),
  /** Containers that stand under no other, under way. */
  plans: z.extend(part(OverviewPlan), {
    /** Whether there were too many tasks under way to look at all: there may be more plans. */
    isAtLeast: z.boolean(),
  }),
  /** What was completed since the day began in the person's time zone, the latest first. */
  finished: z.extend(part(Finished), { from: z.string(), timeZone: z.string() }),
  /** Counting of tasks stops here. */
  totalLimit: z.int(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type OverviewAnswer = z.infer<typeof OverviewAnswer>;
