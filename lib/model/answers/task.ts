import * as z from 'zod/mini';
import { absences } from '../liveness.ts';
import { SuggestedMinutes, suggestedTime } from '../run/minutes-part-view.ts';
import { Archived } from '../task/archived.ts';
import { TaskContext } from '../task/input.ts';
import { RelationView } from '../task/relation.ts';
import { Complexity, Priority, Status, TaskType } from '../task/task.ts';
import { SuggestedEstimate } from './estimate.ts';
import { HandOver } from './hand-over.ts';
import { WorkItemView } from './work-item.ts';

/** What docket answers with `--json`. Times are ISO 8601 in UTC; keys in camelCase. */

export const ClaimView = z.object({
  session: z.string(),
  agent: z.string(),
  actor: z.string(),
  since: z.string(),
  /** The holder's session has ended or is silent, so that `docket claim KEY --steal` takes it. */
  stale: z.boolean(),
  /** How the holder of a stale claim has gone; null of a live one. */
  absence: z.nullable(z.enum(absences)),
  lastSeenAt: z.nullable(z.string()),
  /** The branch of the holder's folder at its claim, or `worktree:NAME`, where that tells. */
  branch: z.optional(z.string()),
});
export type ClaimView = z.infer<typeof ClaimView>;

/** A task as every answer shows it. */
export const TaskView = z.object({
  /** What commands and people call it: `web-k3f9`. */
  key: z.string(),
  id: z.string(),
  title: z.string(),
  description: z.string(),
  status: Status,
  type: TaskType,
  /** 0, the most urgent, to 4. */
  priority: Priority,
  complexity: z.nullable(Complexity),
  estimatedMinutes: z.nullable(z.int()),
  parent: z.nullable(z.string()),
  parentTitle: z.nullable(z.string()),
  /** Number of subtasks; above 0 the task is a container. */
  subtaskCount: z.int(),
  /** How many of its subtasks are completed, of those that are not cancelled; null of a leaf. */
  progress: z.nullable(z.object({ done: z.int(), total: z.int() })),
  /** Keys of the tasks that must be done before it. */
  needs: z.array(z.string()),
  /** Keys of unfinished dependencies, the task's own first, then its containers'. */
  blockers: z.array(z.string()),
  /** Whether it may be begun now. */
  ready: z.boolean(),
  due: z.nullable(z.string()),
  /** The time before which it may not begin: the latest of its own and its containers'. */
  notBefore: z.nullable(z.string()),
  labels: z.array(z.string()),
  /** Who is doing it now. */
  claim: z.nullable(ClaimView),
  /** Whom it is meant for, or who did it. */
  assignedAgent: z.nullable(z.string()),
  blockedReason: z.nullable(z.string()),
  /** Slug of its client. */
  client: z.nullable(z.string()),
  /** Slug of its project. */
  project: z.nullable(z.string()),
  /** Slugs of the infrastructure it is done on. */
  infrastructure: z.array(z.string()),
  billable: z.boolean(),
  /** Minutes that somebody said are billed. */
  billableMinutes: z.nullable(z.int()),
  /** Who said them: `alice`, `alice#f463` for a session of hers; null: nobody, or it is not known. */
  billableMinutesBy: z.nullable(z.string()),
  /** What reports and people said of it, by field. */
  context: TaskContext,
  outcome: z.nullable(z.string()),
  createdAt: z.string(),
  createdBy: z.string(),
  startedAt: z.nullable(z.string()),
  completedAt: z.nullable(z.string()),
  updatedAt: z.string(),
  /** Changes with each change of the task. */
  revision: z.string(),
});
export type TaskView = z.infer<typeof TaskView>;

/** A line of progress on a task. */
export const NoteView = z.object({
  id: z.string(),
  task: z.string(),
  text: z.string(),
  actor: z.string(),
  session: z.string(),
  agent: z.string(),
  createdAt: z.string(),
});
export type NoteView = z.infer<typeof NoteView>;

/** What happened once to a task, in the order of the whole list. */
export const EventView = z.object({
  /** Counts from 1, in the order of the list's history. */
  seq: z.int(),
  /** The task's key; null of what is about no task. */
  task: z.nullable(z.string()),
  /** The task's title as it is now. */
  title: z.nullable(z.string()),
  /** What happened: `created`, `claimed`, `completed` ... */
  verb: z.string(),
  actor: z.string(),
  session: z.string(),
  agent: z.string(),
  /** What changed, as it was before; `new` is how it is since. */
  old: z.unknown(),
  new: z.unknown(),
  createdAt: z.string(),
});
export type EventView = z.infer<typeof EventView>;

/** What a verb on one task changed beyond the task itself. */
export const TaskAnswer = z.object({
  task: TaskView,
  /** Tasks that became ready because of this change. */
  nowReady: z.array(z.string()),
  /** Containers whose status changed with this, as it follows their subtasks. */
  followed: z.array(z.object({ key: z.string(), status: Status })),
  /**
   * The task and its containers, the innermost first, as far as they were worked on before they had
   * subtasks, and all of these are cancelled: they are open until they are closed or cancelled.
   */
  unfinished: z.array(z.string()),
  /** Follow-up tasks that `close` made. */
  followUps: z.array(z.string()),
  /** Work items that this change made or altered. */
  workItems: z.array(WorkItemView),
  ...suggestedTime,
});
export type TaskAnswer = z.infer<typeof TaskAnswer>;

const ofOne = { task: true, suggestedMinutes: true, heldMinutes: true, minutesFrom: true } as const;
/** What a verb on several tasks changed: all of them in one transaction. */
export const TasksAnswer = z.extend(z.omit(TaskAnswer, ofOne), {
  /** The tasks in the order in which they were named, each once. */
  tasks: z.array(TaskView),
  /** Minutes that are billed for completed tasks, by their keys, unless some are given. */
  suggestedMinutes: z.array(SuggestedMinutes),
});
export type TasksAnswer = z.infer<typeof TasksAnswer>;

/** The first where `task` names one, the second where `tasks` names several. */
export const TaskOrTasksAnswer = z.union([TaskAnswer, TasksAnswer]);

export const TaskDetail = z.object({
  task: TaskView,
  subtasks: z.array(TaskView),
  /** What it needs or relates to. */
  relations: z.array(RelationView),
  notes: z.array(NoteView),
  ...suggestedTime,
  /** The work item that bills it. */
  workItem: z.nullable(WorkItemView),
  /** The whole record: the context with outcome, billable time and who worked on it. */
  document: TaskContext,
  handOver: HandOver,
  /** Missing of a task in the list. */
  archived: z.optional(Archived),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

/** The details of several tasks, in the order in which they were named, each once. */
export const TaskDetails = z.object({ details: z.array(TaskDetail) });
export type TaskDetails = z.infer<typeof TaskDetails>;

/** The first where `task` names one, the second where `tasks` names several. */
export const TaskDetailOrDetails = z.union([TaskDetail, TaskDetails]);

/** What a worker is given with a claim. */
export const ClaimAnswer = z.extend(TaskAnswer, { handOver: HandOver, notes: z.array(NoteView) });
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;

/** What a worker is given with several claims, one after the other in the order of `tasks`. */
export const ClaimsAnswer = z.extend(TasksAnswer, {
  handOvers: z.array(z.object({ handOver: HandOver, notes: z.array(NoteView) })),
});
export type ClaimsAnswer = z.infer<typeof ClaimsAnswer>;

/** The first where `task` names one or none, the second where `tasks` names several. */
export const ClaimOrClaimsAnswer = z.union([ClaimAnswer, ClaimsAnswer]);

export const TaskList = z.object({
  tasks: z.array(TaskView),
  /** How many match in all; counting stops at `totalLimit`. */
  total: z.int(),
  totalLimit: z.int(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type TaskList = z.infer<typeof TaskList>;

/** Whether the parent's claim was given up: only tasks without subtasks have one. */
const ParentReleased = z.boolean();
export const CreateAnswer = z.extend(TaskAnswer, {
  /** Null where the task has an estimate, or where too few tasks like it are done. */
  suggestedEstimate: z.nullable(SuggestedEstimate),
  parentReleased: ParentReleased,
});
export type CreateAnswer = z.infer<typeof CreateAnswer>;

/** A task that was broken down, and its subtasks. */
export const PlanAnswer = z.object({
  task: TaskView,
  subtasks: z.array(TaskView),
  /** Estimates of the steps that have one. */
  suggestedEstimates: z.array(z.extend(SuggestedEstimate, { key: z.string() })),
  parentReleased: ParentReleased,
  /** Whether it was made before, and is made only once. */
  existing: z.boolean(),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

export const NoteAnswer = z.object({ note: NoteView });
export type NoteAnswer = z.infer<typeof NoteAnswer>;

/** Newest first. */
export const LogAnswer = z.object({
  events: z.array(EventView),
  /** The titles, by key, of containers of these tasks and of what the tasks are linked to. */
  titles: z.record(z.string(), z.string()),
  /** How many there are in all; counting stops at `totalLimit`. */
  total: z.int(),
  totalLimit: z.int(),
  /** Of one task, that is archived. */
  archived: z.optional(Archived),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type LogAnswer = z.infer<typeof LogAnswer>;

/** The only document on stdout with `--json`. */
export const Envelope = z.union([
  z.object({ schemaVersion: z.literal(1), data: z.unknown() }),
  z.object({
    schemaVersion: z.literal(1),
    error: z.object({ code: z.string(), message: z.string(), hint: z.optional(z.string()) }),
  }),
]);
export type Envelope = z.infer<typeof Envelope>;
