import * as z from 'zod/mini';
import { Priority, Status, TaskType } from '../task/task.ts';
import { TaskView } from './task.ts';

/** How a checklist is shown: before the work, during it, in full, and what came of it. */
export const ChecklistViewName = z.enum(['plan', 'compact', 'detailed', 'summary']);
export type ChecklistViewName = z.infer<typeof ChecklistViewName>;

/** A task of a checklist. Text is as people and agents wrote it, whole. */
export const ChecklistItem = z.object({
  key: z.string(),
  title: z.string(),
  status: Status,
  type: TaskType,
  priority: Priority,
  ready: z.boolean(),
  /** Active minutes, 0 for less than one; null when nobody recorded any. */
  minutes: z.nullable(z.int()),
  /** Who does it or did it, or who is to do it. */
  agent: z.nullable(z.string()),
  /** Who approved it in review. */
  approvedBy: z.nullable(z.string()),
  /** The review that sent it back, while it is not done again; rounds count from 1. */
  rejection: z.nullable(z.object({ by: z.nullable(z.string()), round: z.int() })),
  /** The round of an earlier review that its findings are from; null where they are of now. */
  formerRound: z.nullable(z.int()),
  /** What was noted last, while it is in progress. */
  lastNote: z.nullable(z.string()),
  /** When its present worker began. */
  startedAt: z.nullable(z.string()),
  /** Why it is blocked, or was cancelled. */
  reason: z.nullable(z.string()),
  /** What it was blocked by before, and how that was settled; null when nobody said. */
  pastBlocks: z.array(z.object({ blocker: z.string(), resolution: z.nullable(z.string()) })),
  /** What it waits for; the title where that is part of the checklist. */
  blockedBy: z.array(z.object({ key: z.string(), title: z.nullable(z.string()) })),
  /** The task's outcome. */
  outcome: z.nullable(z.string()),
  /** What reports say beyond the outcome, with the field that says it. */
  findings: z.array(z.object({ field: z.string(), text: z.string() })),
  /** What reports say of tests, deployments, documents and reviews, with the field that says it. */
  details: z.array(z.object({ field: z.string(), text: z.string() })),
  dependencies: z.array(z.string()),
  files: z.object({
    created: z.array(z.string()),
    modified: z.array(z.string()),
    /** Files that matter to it without being changed. */
    relevant: z.array(z.string()),
  }),
  get items() {
    return z.array(ChecklistItem);
  },
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** Counts the tasks without subtasks by status. */
export const ChecklistProgress = z.object({
  completed: z.int(),
  inProgress: z.int(),
  blocked: z.int(),
  pending: z.int(),
  cancelled: z.int(),
});
export type ChecklistProgress = z.infer<typeof ChecklistProgress>;

/** The results of a task and everything below it, so far or in the end. */
export const CompletionSummary = z.object({
  outcome: z.nullable(z.string()),
  minutes: z.nullable(z.int()),
  billable: z.boolean(),
  /**
   * Minutes that its work item bills; before there is one, without the client's rounding. Null: it
   * is not billable.
   */
  billableMinutes: z.nullable(z.int()),
  filesCreated: z.array(z.string()),
  filesModified: z.array(z.string()),
  dependenciesAdded: z.array(z.string()),
  deployedTo: z.array(z.string()),
  productionReady: z.nullable(z.boolean()),
  /** Short facts beyond the fields that docket knows, such as an alert's threshold. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  built: z.array(z.string()),
  /** What was wrong, why, and what mended it. */
  fixed: z.array(z.string()),
  /** How and where it was deployed. */
  deployment: z.array(z.string()),
  testing: z.array(z.string()),
  documentation: z.array(z.string()),
});
export type CompletionSummary = z.infer<typeof CompletionSummary>;

/** A task with everything below it, in order, and the Markdown that shows it. */
export const ChecklistAnswer = z.object({
  task: TaskView,
  subtasks: z.array(TaskView),
  view: ChecklistViewName,
  progress: ChecklistProgress,
  /** The subtasks; the task itself where it has none. */
  items: z.array(ChecklistItem),
  summary: CompletionSummary,
  checklist: z.string(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type ChecklistAnswer = z.infer<typeof ChecklistAnswer>;
