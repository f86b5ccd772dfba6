import * as z from 'zod/mini';
import { Priority, Status } from '../task/task.ts';
import { part } from './part.ts';
import { ClaimView } from './task.ts';

const RecapTask = z.object({
  key: z.string(),
  title: z.string(),
  priority: Priority,
  /** The slugs of its client and its project. */
  client: z.nullable(z.string()),
  project: z.nullable(z.string()),
});

export const HeldTask = z.extend(RecapTask, {
  claim: ClaimView,
  /** The beginning of its newest note. */
  lastNote: z.nullable(z.string()),
});
export type HeldTask = z.infer<typeof HeldTask>;

const DoneTask = z.extend(RecapTask, {
  outcome: z.nullable(z.string()),
  completedAt: z.nullable(z.string()),
});

const NewTask = z.extend(RecapTask, {
  status: Status,
  /** How many of the tasks below it the session made, too. */
  createdBelow: z.int(),
});

const BlockedTask = z.extend(RecapTask, {
  reason: z.string(),
  /** Null: an older docket did not keep it. */
  since: z.nullable(z.string()),
});

export const SessionRecap = z.object({
  session: z.string(),
  actor: z.string(),
  /** `silent`: it did not end, and sends no heartbeat. */
  state: z.enum(['live', 'silent', 'ended']),
  /** Null: it was never registered. */
  startedAt: z.nullable(z.string()),
  /** When it last did something to the list. */
  lastActedAt: z.string(),
  endedAt: z.nullable(z.string()),
  inProgress: part(HeldTask),
  completed: part(DoneTask),
  /** The total counts every task. The named tasks are open, and stand for what is below them. */
  created: part(NewTask),
});
export type SessionRecap = z.infer<typeof SessionRecap>;

export const RecapAnswer = z.object({
  /** The latest first. */
  sessions: z.array(SessionRecap),
  /** Tasks that other sessions hold. */
  othersInProgress: part(HeldTask),
  blocked: part(BlockedTask),
  ready: part(RecapTask),
  /** Counting of tasks stops here. */
  totalLimit: z.int(),
  /** How many of the newest events were read; older events are in no session's part. */
  events: z.object({ lookedAt: z.int(), isCut: z.boolean() }),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type RecapAnswer = z.infer<typeof RecapAnswer>;
