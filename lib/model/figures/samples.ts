import type { RunRole, Verdict } from '../run/run.ts';
import type { Complexity, TaskType } from '../task/task.ts';

/** A completed leaf as a sample. Times are ISO 8601 in UTC. */
export interface TaskSample {
  readonly id: string;
  readonly type: TaskType;
  readonly complexity: Complexity | null;
  readonly estimatedMinutes: number | null;
  readonly assignedAgent: string | null;
  readonly clientId: string | null;
  readonly projectId: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string;
}

/** A run as a sample. */
export interface RunSample {
  readonly taskId: string;
  /** Empty: nobody said. */
  readonly agent: string;
  readonly role: RunRole;
  readonly cycle: number;
  readonly verdict: Verdict | null;
  readonly activeMs: number;
}

/** A time in which a task was blocked. */
export interface BlockSample {
  readonly taskId: string;
  readonly reason: string;
  readonly startedAt: string;
  /** Null: the task is still blocked. */
  readonly endedAt: string | null;
}

/** Rows that are measured, the newest, and whether there are more. */
export interface Sample<T> {
  readonly rows: readonly T[];
  readonly isCut: boolean;
}
