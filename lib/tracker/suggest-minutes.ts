import { billableMinutes } from '../model/billable-minutes.ts';
import { isContainer } from '../model/container.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { findRuns } from '../store/tables/runs.ts';
import { findBelow } from './find-below.ts';

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
