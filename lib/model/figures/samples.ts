import type { RunRole, Verdict } from '../run/run.ts';
import type { Complexity, TaskType } from '../task/task.ts';

/** What is known of a completed leaf. Times are ISO 8601 in UTC. */
export interface TaskSample {
  readonly id: string;
  readonly type: TaskType;
  readonly complexity: Complexity | null;
  readonly estimatedMinutes: number | null;
  readonly assignedAgent: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string;
}

/** What is known of a run. */
export interface RunSample {
  readonly taskId: string;
  /** Empty: nobody said. */
  readonly agent: string;
  readonly role: RunRole;
  readonly cycle: number;
  readonly verdict: Verdict | null;
  readonly activeMs: number;
}

/** What is known of a time that a task was put aside. */
export interface BlockSample {
  readonly taskId: string;
  readonly reason: string;
  readonly startedAt: string;
  /** Null: it still is. */
  readonly endedAt: string | null;
}

/** How many of something were measured, the newest, and whether there were more. */
export interface Sample<T> {
  readonly rows: readonly T[];
  readonly isCut: boolean;
}
