import type { TaskView } from '../../model/output.ts';

/** What the runs of a task say of it. */
export interface RunFacts {
  /** Active minutes; null when none were recorded. */
  readonly minutes: number | null;
  readonly approvedBy: string | null;
}

export function runFactsOf(_task: TaskView): RunFacts {
  return { minutes: null, approvedBy: null };
}
