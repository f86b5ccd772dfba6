import { orchestratorPrefix } from '../../model/liveness.ts';
import { findRunningOf, moveRun } from '../../store/tables/runs.ts';
import type { Write } from '../write.ts';

/**
 * Divides what a session worked since the last time this was done among the runs that it had under
 * way: one hour with two claims is one hour, half of it for each. To be done before a run of its
 * begins or ends. An orchestrator's agents do work side by side, each for itself.
 *
 * @param least so many runs must be under way for there to be anything to do.
 * @returns whether anything was written.
 */
export async function shareTime(
  write: Write,
  session: string,
  { least }: { readonly least: number },
): Promise<boolean> {
  if (session.startsWith(orchestratorPrefix)) return false;
  const runs = await findRunningOf(write.db, { workspaceId: write.workspace.id, session });
  if (runs.length < least) return false;
  for (const { id, activeMs, sinceMs } of runs) {
    const own = Math.round(sinceMs / runs.length);
    await moveRun(write.db, { id, activeMs: activeMs - sinceMs + own }, session);
  }
  return runs.length > 0;
}
