import type { Run } from '../../model/run/run.ts';
import { ask, together } from '../../store/sql/request.ts';
import { type RunningTime, runningOfRequest } from '../../store/tables/running-times.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { touchedOfTasks } from '../../store/tables/touched-files.ts';
import type { Write } from './write.ts';

/**
 * Makes sure that the runs of these tasks are loaded, with the files that were edited for them, by
 * one flight at most.
 */
export async function loadRuns(write: Write, taskIds: readonly string[]): Promise<void> {
  const missing = taskIds.filter((id) => write.runs.find(id) === undefined);
  if (missing.length === 0) return;
  const [runs, touched] = await ask(
    write.db,
    together(runsOf(write.db.dialect, missing, { withReports: false }), touchedOfTasks(missing)),
  );
  const byTask = Map.groupBy(runs, ({ taskId }) => taskId);
  for (const id of missing) write.runs.set(id, byTask.get(id) ?? []);
  for (const [id, files] of touched) write.runs.setTouched(id, files);
}

/** Gives the runs of a task, with what the transaction has done to them, without their reports. */
export async function taskRuns(write: Write, taskId: string): Promise<readonly Run[]> {
  await loadRuns(write, [taskId]);
  return write.runs.find(taskId) ?? [];
}

/** Gives the run of a task that is under way. */
export async function runningOf(write: Write, taskId: string): Promise<Run | undefined> {
  return (await taskRuns(write, taskId)).find(({ status }) => status === 'running');
}

/** Gives the times of the runs that a session has under way. */
export async function runningTimes(write: Write, session: string): Promise<readonly RunningTime[]> {
  const known = write.runs.findTimes(session);
  if (known !== undefined) return known;
  const by = { workspaceId: write.workspace.id, session };
  const times = await ask(write.db, runningOfRequest(write.db, by));
  write.runs.setTimes(session, times);
  return times;
}
