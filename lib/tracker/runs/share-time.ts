import { orchestratorPrefix } from '../../model/liveness.ts';
import type { RunningTime } from '../../store/tables/running-times.ts';
import { moveRun } from '../../store/tables/runs.ts';
import { runningTimes } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';

/**
 * Divides the time that a session worked since the last division among the runs that it had under
 * way: one hour with two claims is half an hour for each, and none where a clock of the person runs
 * at another task. Callers do this before a run of the
 * session begins or ends. An orchestrator's agents work side by side, each for itself.
 *
 * @param least the number of runs under way from which there is something to divide.
 */
export async function shareTime(
  write: Write,
  session: string,
  { least }: { readonly least: number },
): Promise<void> {
  if (session.startsWith(orchestratorPrefix)) return;
  const runs = await runningTimes(write, session);
  if (runs.length < least || runs.every(({ sinceMs }) => sinceMs === 0)) return;
  const [timers, others] = [runs.filter(isTimer), runs.filter((run) => !isTimer(run))];
  const shared = others.map((run) => ({
    ...run,
    activeMs:
      run.activeMs -
      run.sinceMs +
      (timers.length > 0 ? 0 : Math.round(run.sinceMs / others.length)),
    sinceMs: 0,
  }));
  write.send(...shared.map((run) => moveRun(write.db, run, session)));
  write.runs.setTimes(session, [...timers, ...shared]);
}

function isTimer(run: RunningTime): boolean {
  return run.isTimer;
}
