import { findRunning } from '../store/tables/runs.ts';
import type { Scope } from './scope.ts';

/** Of these runs' tasks, the ids of the runs that are still under way. */
export function findLiveRuns(
  scope: Scope,
  taskIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return scope.store.read(
    async (db) => new Set((await findRunning(db, taskIds)).map(({ id }) => id)),
  );
}
