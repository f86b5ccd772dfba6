import { orchestratorPrefix } from '../../model/liveness.ts';
import {
  isDoneRun,
  nextNumbers,
  type Run,
  type RunRole,
  type Verdict,
} from '../../model/run/run.ts';
import type { Task, Worker } from '../../model/task/task.ts';
import {
  deleteRun,
  endRun,
  findRunning,
  insertRun,
  judgeRun,
  type RunEnd,
  resumeRun,
} from '../../store/tables/runs.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { runningOf, runningTimes, taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { shareTime } from './share-time.ts';

export interface RunStart {
  readonly role?: RunRole;
  /** The display name of the agent that does it; else the task's own agent. */
  readonly agent?: string | undefined;
  /** The holder of the claim; else the scope's worker. */
  readonly worker?: Worker;
  readonly clock?: 'timer' | undefined;
}

/** Begins a run of a task that its worker has just claimed, or goes on with. */
export async function startRun(write: Write, task: Task, start: RunStart = {}): Promise<Run> {
  const { worker = write.scope.worker } = start;
  // A task that was never started has no runs but those of agents that could do nothing.
  const loaded = write.runs.find(task.id);
  const runs = loaded ?? (task.startedAt === null ? [] : await taskRuns(write, task.id));
  const role = start.role ?? usualRole(task, runs.at(-1));
  await shareTime(write, worker.session, { least: 1 });
  const begun = {
    id: write.newId(),
    taskId: task.id,
    agent: start.agent ?? task.assignedAgent ?? '',
    role,
    ...nextNumbers(runs, role),
    session: worker.session,
    agentId: worker.agent,
    actor: worker.actor,
    clock: start.clock ?? null,
  };
  write.send(insertRun(write.db, { ...begun, workspaceId: task.workspaceId, at: write.at }));
  const run: Run = {
    ...begun,
    startedAt: isoTime(write.at),
    finishedAt: null,
    status: 'running',
    verdict: null,
    report: null,
    error: null,
    costMicros: null,
    activeMs: 0,
    proposedMinutes: null,
  };
  write.runs.set(task.id, [...runs, run]);
  const times = write.runs.findTimes(worker.session);
  if (times !== undefined) {
    const own = { id: run.id, activeMs: 0, sinceMs: 0, isTimer: run.clock === 'timer' };
    write.runs.setTimes(worker.session, [...times, own]);
  }
  return run;
}

/** Gives the role of the next run: the last one's where that was blocked, else the type's. */
function usualRole({ type }: Task, last: Run | undefined): RunRole {
  if (last?.status === 'blocked') return last.role;
  return type === 'review' ? 'review' : 'work';
}

/** Ends the run of a task, if it has one: tasks that an older docket claimed have none. */
export async function finishRun(
  write: Write,
  taskId: string,
  { saidMs, ...end }: Omit<RunEnd, 'activeMs' | 'clock'> & { readonly saidMs?: number | undefined },
): Promise<Run | undefined> {
  const running = await runningOf(write, taskId);
  if (running === undefined) return undefined;
  const { session } = running;
  await shareTime(write, session, { least: 2 });
  const times = session.startsWith(orchestratorPrefix) ? [] : await runningTimes(write, session);
  const shared = times.find(({ id }) => id === running.id);
  const activeMs = end.isIdle ? 0 : (saidMs ?? shared?.activeMs ?? running.activeMs);
  const clock = saidMs === undefined ? running.clock : 'said';
  write.send(endRun(running.id, { ...end, activeMs, clock }, write.at));
  write.runs.setTimes(
    session,
    times.filter(({ id }) => id !== running.id),
  );
  const run = { ...running, activeMs, clock };
  const { status, verdict = null, report = null, error = null, costMicros = null } = end;
  const { proposedMinutes = null } = end;
  write.runs.replace({
    ...{ ...run, status, verdict, report, error, costMicros, proposedMinutes },
    finishedAt: isoTime(write.at),
  });
  return run;
}

/** Lets a run go on that was ended by mistake. */
export async function reviveRun(write: Write, run: Run): Promise<void> {
  await shareTime(write, run.session, { least: 1 });
  write.send(resumeRun(write.db, run));
  const isTimer = run.clock !== null;
  const clock = isTimer ? 'timer' : null;
  write.runs.replace({
    ...run,
    clock,
    status: 'running',
    finishedAt: null,
    verdict: null,
    error: null,
  });
  const times = write.runs.findTimes(run.session);
  if (times === undefined) return;
  const { id, activeMs } = run;
  write.runs.setTimes(run.session, [...times, { id, activeMs, sinceMs: 0, isTimer }]);
}

/** Takes a run that was begun by mistake out of the list, with its time. */
export async function removeRun(write: Write, run: Run): Promise<void> {
  await shareTime(write, run.session, { least: 2 });
  write.send(deleteRun(run.id));
  write.runs.remove(run);
  const others = write.runs.findTimes(run.session)?.filter(({ id }) => id !== run.id);
  if (others !== undefined) write.runs.setTimes(run.session, others);
}

/**
 * Records how the last work at a task was judged.
 *
 * @returns that run as it was before.
 */
export async function judgeWork(
  write: Write,
  taskId: string,
  verdict: Verdict,
): Promise<Run | undefined> {
  const runs = await taskRuns(write, taskId);
  const done = runs.findLast(({ role, status }) => role === 'work' && isDoneRun(status));
  if (done === undefined) return undefined;
  write.send(judgeRun(done.id, verdict));
  write.runs.replace({ ...done, verdict });
  return done;
}

/**
 * Finds which runs of these tasks are still under way.
 *
 * @returns their ids.
 */
export function findLiveRuns(
  scope: Scope,
  taskIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return scope.store.read(
    async (db) => new Set((await findRunning(db, taskIds)).map(({ id }) => id)),
  );
}
