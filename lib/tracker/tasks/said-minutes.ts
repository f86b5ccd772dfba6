import { spellSpeaker } from '../../model/worker.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import type { Write } from '../write/write.ts';

/** Gives the columns of minutes that the worker says are billed; null takes them back. */
export function saidMinutes(
  { scope }: Pick<Write, 'scope'>,
  minutes: number | null | undefined,
): TaskChange {
  if (minutes === undefined) return {};
  const by = minutes === null ? null : spellSpeaker(scope.worker);
  return { billable_minutes: minutes, billable_minutes_by: by };
}
