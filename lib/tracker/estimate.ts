import { type SuggestedEstimate, suggestEstimate } from '../model/estimate.ts';
import type { PlanAnswer } from '../model/output.ts';
import type { Task } from '../model/task.ts';
import { findActiveTimes } from '../store/tables/history.ts';
import type { Write } from './write.ts';

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
