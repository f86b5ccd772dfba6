import * as z from 'zod/mini';
import { runRoles, runStatuses, verdicts } from '../run/run.ts';
import { TaskAnswer, TaskView } from './task.ts';

/** One attempt of one agent at one task, as `--json` shows it. */
export const RunView = z.object({
  id: z.string(),
  task: z.string(),
  /** `Coding Agent`; empty when nobody said. */
  agent: z.string(),
  role: z.enum(runRoles),
  attempt: z.int(),
  cycle: z.int(),
  status: z.enum(runStatuses),
  verdict: z.nullable(z.enum(verdicts)),
  session: z.string(),
  agentId: z.string(),
  actor: z.string(),
  startedAt: z.string(),
  finishedAt: z.nullable(z.string()),
  /** Milliseconds by its clock; of a running one, until now. Sums are made of these. */
  activeMs: z.int(),
  /**
   * What that time is: null the time of its session without what was idle, `timer` that of the
   * clock since `docket start`, `said` what a person gave.
   */
  clock: z.nullable(z.enum(['timer', 'said'])),
  /** Minutes that its agent proposed to bill. */
  proposedMinutes: z.nullable(z.int()),
  /** Active time in whole minutes, 0 for less than one. */
  activeMinutes: z.int(),
  /** US dollars, as the runner counted them. */
  costUsd: z.nullable(z.number()),
  /** The report in the agent's own shape. */
  report: z.unknown(),
  error: z.nullable(z.string()),
});
export type RunView = z.infer<typeof RunView>;

/** Oldest first. */
export const RunsAnswer = z.object({ task: TaskView, runs: z.array(RunView), at: z.string() });
export type RunsAnswer = z.infer<typeof RunsAnswer>;

/** What follows from a report. */
export const ReportNext = z.enum(['done', 'review', 'rework', 'retry', 'blocked', 'escalated']);
export type ReportNext = z.infer<typeof ReportNext>;

/** What a report changed, and what follows from it. */
export const ReportAnswer = z.extend(TaskAnswer, {
  run: RunView,
  next: ReportNext,
  /** The work that a review of the plan rejected, which is open again with the issues it found. */
  sentBack: z.array(z.object({ key: z.string(), title: z.string() })),
  /** Counts facts that are lost, because the task has no client, project or infrastructure. */
  insightsLost: z.int(),
  /**
   * The run that begins with the report: the work is judged, or is done again under the same claim.
   */
  nextRun: z.nullable(RunView),
});
export type ReportAnswer = z.infer<typeof ReportAnswer>;
