/**
 * The words of docket and the types that carry them.
 *
 * - workspace: the one list that a set of sessions shares; its slug is the prefix of its keys.
 * - task, subtask (a task with a parent), container (a task with subtasks).
 * - dependency: `task` needs `dependsOn`. A blocker is an unfinished dependency, the task's own or
 *   one of its containers'.
 * - ready: a pending leaf without a blocker. waiting: a pending leaf with one.
 * - claim: who is doing it now. A stale claim's holder has ended or is silent.
 * - session: one Claude Code session. agent: a worker inside it, `main` or a subagent's id.
 *   actor: user@host.
 */
import * as z from 'zod/mini';
import { statuses } from './status.ts';
import { complexities, taskTypes } from './types.ts';

/** How a task stands. */
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

/** The kind of work that a task is. */
export const TaskType = z.enum(taskTypes);
export type TaskType = z.infer<typeof TaskType>;

export const Complexity = z.enum(complexities);
export type Complexity = z.infer<typeof Complexity>;

/** 0 (critical) to 4, default 2. */
export const Priority = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
]);
export type Priority = z.infer<typeof Priority>;

export const DependencyType = z.enum(['blocks', 'related', 'discovered_from']);
export type DependencyType = z.infer<typeof DependencyType>;

/**
 * The list a task stands in. It is derived from the task's status, subtasks and blockers, and kept
 * in the row so that one index serves every list at any size; `none` for containers and closed
 * tasks. A task that is `scheduled` is ready once its time has come, which no write says.
 */
export const Queue = z.enum(['in_progress', 'blocked', 'ready', 'scheduled', 'waiting', 'none']);
export type Queue = z.infer<typeof Queue>;

/** Who acts: a claim is keyed by session and agent. */
export interface Worker {
  readonly session: string;
  readonly agent: string;
  readonly actor: string;
}

export interface Claim {
  readonly session: string;
  readonly agent: string;
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /**
   * The branch that the holder's folder was on when it claimed, where that tells something, or
   * `worktree:NAME`: no branch has a colon.
   */
  readonly branch?: string | undefined;
}

/** One row of the list. Times are ISO 8601 in UTC with milliseconds, from the database's clock. */
export interface Task {
  readonly id: string;
  readonly key: string;
  readonly workspaceId: string;
  readonly parentId: string | null;
  readonly position: number;
  readonly title: string;
  readonly description: string;
  readonly status: Status;
  readonly type: TaskType;
  readonly priority: Priority;
  readonly complexity: Complexity | null;
  readonly estimatedMinutes: number | null;
  readonly assignedAgent: string | null;
  readonly due: string | null;
  /** The time before which it may not begin, as somebody gave it. */
  readonly notBefore: string | null;
  /** The latest such time of the task and its containers; of a container its own at most. */
  readonly startsAt: string | null;
  /** That time of a task that is ready but for it: it is `scheduled` until then. */
  readonly readyAt: string | null;
  readonly labels: readonly string[];
  readonly claim: Claim | null;
  readonly blockedReason: string | null;
  readonly createdSession: string;
  readonly clientId: string | null;
  readonly projectId: string | null;
  /** How many infrastructures it is done on. Most tasks have none, and nobody reads them then. */
  readonly infrastructureCount: number;
  readonly billable: boolean;
  /** Minutes that somebody said are billed. */
  readonly billableMinutes: number | null;
  /** Who said them, as people read it: `alice`, `alice#f463` for a session of hers. */
  readonly billableMinutesBy: string | null;
  /** JSON text as stored; parsed at the border. */
  readonly context: string;
  readonly outcome: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly updatedAt: string;
  readonly revision: string;
  readonly queue: Queue;
  readonly waitingFor: string | null;
  /**
   * Counts the subtasks ever made: above 0 the task is a container, and it numbers the next key.
   */
  readonly subtaskCount: number;
  /** How many of its subtasks were moved away: their numbers are not given again. */
  readonly subtasksLeft: number;
}
