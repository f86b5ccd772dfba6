import type { SuggestedEstimate } from '../../model/answers/estimate.ts';
import type { PlanAnswer } from '../../model/answers/task.ts';
import { billableMinutes } from '../../model/billing/minutes.ts';
import { suggestEstimate } from '../../model/figures/estimate.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findActiveTimes } from '../../store/queries/active-times.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findBelow } from '../derive/tree.ts';
import type { Write } from '../write/write.ts';

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
export async function suggestMinutes(db: Db, task: Task): Promise<number | null> {
  if (!task.billable || task.billableMinutes !== null) return null;
  const below = isContainer(task) ? await findBelow(db, [task.id]) : [];
  const ids = [task, ...below].map(({ id }) => id);
  const worked = await findRuns(db, ids, { withReports: false });
  return billableMinutes(task, below, worked) || null;
}
