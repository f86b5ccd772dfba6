import { orchestratorPrefix } from '../../model/liveness.ts';
import { moveRun } from '../../store/tables/runs.ts';
import type { Write } from '../write/write.ts';
import { runningTimes } from './load-runs.ts';

/**
 * Divides what a session worked since the last time this was done among the runs that it had under
 * way: one hour with two claims is one hour, half of it for each. It is done before a run of the
 * session begins or ends. An orchestrator's agents do work side by side, each for itself.
 *
 * @param least so many runs must be under way for there to be anything to do.
 */
export async function shareTime(
  write: Write,
  session: string,
  { least }: { readonly least: number },
): Promise<void> {
  if (session.startsWith(orchestratorPrefix)) return;
  const runs = await runningTimes(write, session);
  if (runs.length < least || runs.every(({ sinceMs }) => sinceMs === 0)) return;
  const shared = runs.map(({ id, activeMs, sinceMs }) => ({
    id,
    activeMs: activeMs - sinceMs + Math.round(sinceMs / runs.length),
    sinceMs: 0,
  }));
  write.send(...shared.map((run) => moveRun(write.db, run, session)));
  write.runs.setTimes(session, shared);
}
