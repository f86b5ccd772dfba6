// Without zod: hooks load this, as what they change can belong to a run.

/** How a run ended. `lost`: its worker is gone, or another took the task over. */
export const runStatuses = [
  'running',
  'completed',
  'blocked',
  'failed',
  'needs_review',
  'released',
  'cancelled',
  'lost',
] as const;
export type RunStatus = (typeof runStatuses)[number];

export const runRoles = ['work', 'review'] as const;
/** Doing a task, or judging what another run of it did. */
export type RunRole = (typeof runRoles)[number];

export const verdicts = ['approved', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * What a run's time is: null the time of its session without what was idle, `timer` that of the
 * clock, `said` what a person gave.
 */
export type RunClock = 'timer' | 'said' | null;

/** One attempt of one worker at one task: also a claimed interval, as every claim opens one. */
export interface Run {
  readonly id: string;
  readonly taskId: string;
  /** `Coding Agent`; empty when nobody said. */
  readonly agent: string;
  readonly role: RunRole;
  /** Counts from 1 within a role and a cycle. */
  readonly attempt: number;
  /** Counts from 1 within a role: a completed run that has to be done again begins the next. */
  readonly cycle: number;
  readonly session: string;
  readonly agentId: string;
  readonly actor: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly status: RunStatus;
  /** A review's own verdict, or how work was judged: a task that is opened again was rejected. */
  readonly verdict: Verdict | null;
  /** JSON text as the agent gave it. */
  readonly report: string | null;
  /** Why the run failed, in words. */
  readonly error: string | null;
  /** Millionths of a US dollar, as the runner counted them. */
  readonly costMicros: number | null;
  /** Milliseconds by its clock, for a running one until now. */
  readonly activeMs: number;
  readonly clock: RunClock;
  /** Minutes that its agent asks to bill. */
  readonly proposedMinutes: number | null;
}

/** A minute in milliseconds. */
export const minuteMs = 60_000;

/**
 * Converts active time to whole minutes, 0 for less than one. Times are added up in milliseconds
 * first: rounding comes once, at the end.
 */
export function minutesOf(activeMs: number): number {
  return activeMs < minuteMs ? 0 : Math.round(activeMs / minuteMs);
}

/** Numbers a task's next run in a role by attempt and cycle. */
export function nextNumbers(
  runs: readonly Pick<Run, 'role' | 'cycle' | 'status'>[],
  role: RunRole,
): { readonly attempt: number; readonly cycle: number } {
  const own = runs.filter((run) => run.role === role);
  const last = own.reduce((most, { cycle }) => Math.max(most, cycle), 1);
  const isDone = own.some(({ cycle, status }) => cycle === last && isDoneRun(status));
  const cycle = isDone ? last + 1 : last;
  return { cycle, attempt: own.filter((run) => run.cycle === cycle).length + 1 };
}

/** Tells whether a run has a result that a review can judge. */
export function isDoneRun(status: RunStatus): boolean {
  return status === 'completed' || status === 'needs_review';
}
