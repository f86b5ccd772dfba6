import type { SuggestedEstimate } from '../../model/answers/estimate.ts';
import type { PlanAnswer } from '../../model/answers/task.ts';
import { billableMinutes } from '../../model/billing/minutes.ts';
import { suggestEstimate } from '../../model/figures/estimate.ts';
import type { Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findActiveTimes } from '../../store/queries/active-times.ts';
import { ask } from '../../store/sql/request.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import type { Write } from '../write.ts';

/** So many similar tasks are looked at, the newest. */
const casesRead = 50;

/** What a new task is likely to take, by those that are done; null where it was estimated. */
export async function estimateTask(
  write: Write,
  task: Pick<Task, 'type' | 'complexity' | 'estimatedMinutes'>,
): Promise<SuggestedEstimate | null> {
  if (task.estimatedMinutes !== null) return null;
  const basis = { type: task.type, complexity: task.complexity };
  const kind = { workspaceId: write.workspace.id, ...basis };
  return suggestEstimate(await findActiveTimes(write.db, kind, casesRead), basis);
}

/** The same for new leaves; those of one kind are looked up once. */
export async function estimateLeaves(
  write: Write,
  tasks: readonly Task[],
): Promise<PlanAnswer['suggestedEstimates']> {
  const known = new Map<string, SuggestedEstimate | null>();
  const found: PlanAnswer['suggestedEstimates'] = [];
  for (const task of tasks) {
    if (task.estimatedMinutes !== null) continue;
    const kind = `${task.type} ${task.complexity}`;
    const before = known.get(kind);
    const estimate = before === undefined ? await estimateTask(write, task) : before;
    known.set(kind, estimate);
    if (estimate !== null) found.push({ key: task.key, ...estimate });
  }
  return found;
}

/**
 * Minutes that are billed for a task unless somebody gives others: those that were worked on it and
 * below it. Null when some were given, when nothing is billed, and when nobody worked.
 */
export function suggestedMinutes(
  task: Task,
  below: readonly Task[],
  runs: readonly Run[],
): number | null {
  if (!task.billable || task.billableMinutes !== null) return null;
  return billableMinutes(task, below, runs) || null;
}

/** The same of a task alone. */
export async function suggestMinutes(db: Db, task: Task): Promise<number | null> {
  if (!task.billable || task.billableMinutes !== null) return null;
  const below = isContainer(task) ? await ask(db, tasksBelow(task.key)) : [];
  const ids = [task, ...below].map(({ id }) => id);
  return suggestedMinutes(task, below, await findRuns(db, ids, { withReports: false }));
}
