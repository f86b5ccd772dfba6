import type { StartAnswer, StopAnswer } from '../../model/answers/timer.ts';
import { DocketError } from '../../model/errors.ts';
import { endOfWork } from '../../model/run/end-of-work.ts';
import { minuteMs, type Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { ownerOf } from '../../model/worker.ts';
import { ask } from '../../store/sql/request.ts';
import { type RunningTimer, timersRequest } from '../../store/tables/running-times.ts';
import { retimeRun } from '../../store/tables/runs.ts';
import { markRootBilling } from '../derive/work-items.ts';
import { finishRun, startRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewRun } from '../view/run.ts';
import { loadTasks, loadWhole } from '../write/load.ts';
import { loadRuns, runningOf, taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { applyClaim, type ClaimOptions, claimAnswer } from './claim.ts';
import { isHolder } from './own-claim.ts';

/**
 * Claims a task for a person and starts the clock of their work at it. A clock that the person had
 * running in this list stops: nobody works on two tasks at once. One in another list, which a
 * transaction of this one cannot change, is told.
 *
 * @param options.isTimed false in a session, whose own activity is what is measured.
 * @throws DocketError what `claimTask` throws
 */
export function startWork(
  scope: Scope,
  key: string,
  { isTimed, ...options }: ClaimOptions & { readonly isTimed: boolean },
): Promise<StartAnswer> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const { running, elsewhere } = isTimed ? await ownTimers(write) : noTimers;
    const others = running.filter(({ taskId }) => taskId !== task.id);
    const stopped = [];
    for (const other of others) stopped.push(await stopOther(write, other));
    const isRunning = others.length < running.length;
    if (!isRunning)
      await claimTimed(write, task, isTimed ? { ...options, clock: 'timer' } : options);
    const told = await claimAnswer(write, write.list.task(task.id));
    const run = await runningOf(write, task.id);
    const view = run === undefined ? null : viewRun(run, task.key);
    return { ...told, run: view, stopped, elsewhere: elsewhere.map((timer) => timer.key) };
  });
}

/** Claims a task with a clock, or starts one anew at a task that the worker has. */
async function claimTimed(write: Write, task: Task, options: ClaimOptions): Promise<void> {
  const isOwn = isHolder(write.scope.worker, task.claim) && task.status === 'in_progress';
  if (!isOwn || options.clock === undefined) return applyClaim(write, task, options);
  await finishRun(write, task.id, { status: 'released' });
  const { clock } = options;
  const run = await startRun(write, task, { clock, worker: task.claim ?? write.scope.worker });
  const { status, claim } = task;
  write.record({
    verb: 'resumed',
    taskId: task.id,
    runId: run.id,
    key: task.key,
    old: { status, claim },
    new: { status, claim },
  });
}

/** The clocks of a person that run in this list and in others. */
interface OwnTimers {
  readonly running: readonly RunningTimer[];
  readonly elsewhere: readonly RunningTimer[];
}

const noTimers: OwnTimers = { running: [], elsewhere: [] };

async function ownTimers(write: Write): Promise<OwnTimers> {
  const owner = ownerOf(write.scope.worker.session);
  const timers = await ask(write.db, timersRequest(write.db, owner));
  const own = timers.filter(({ session }) => ownerOf(session) === owner);
  const isHere = ({ workspaceId }: RunningTimer) => workspaceId === write.workspace.id;
  return { running: own.filter(isHere), elsewhere: own.filter((timer) => !isHere(timer)) };
}

async function stopOther(write: Write, { taskId }: RunningTimer) {
  await loadRuns(write, [taskId]);
  const [task] = await loadTasks(write, [taskId]);
  if (task === undefined) throw new Error(`task ${taskId} is gone`);
  return viewRun(await stopClock(write, task, undefined), task.key);
}

/** What a person says of the time of a clock. */
export interface SaidTime {
  /** The moment at which work ended, ISO 8601, or a time of the clock's first day, `17:30`. */
  readonly at?: string | undefined;
  readonly minutes?: number | undefined;
}

/**
 * Stops the clock of a person's work at a task, which stays theirs; or corrects the time that the
 * last one took.
 *
 * @param key else the task whose clock runs.
 * @throws DocketError `not_running`, `already_claimed`, `invalid_input` (a moment before its start,
 * or to come)
 */
export function stopWork(
  scope: Scope,
  key: string | undefined,
  said: SaidTime,
): Promise<StopAnswer> {
  return writeWorkspace(
    scope,
    key === undefined ? {} : { keys: [key], withRuns: true },
    async (write) => {
      const task =
        key === undefined ? await runningTask(write) : await findTaskForWrite(write, key);
      const running = await runningOf(write, task.id);
      const isOwn =
        running !== undefined && ownerOf(running.session) === ownerOf(scope.worker.session);
      const isRunning = isOwn && running.clock === 'timer';
      const run = isRunning
        ? await stopClock(write, task, timeOf(write, running, said))
        : await correctClock(write, task, said);
      const runs = await taskRuns(write, task.id);
      return {
        ...(await answer(write, task.id)),
        run: viewRun(run, task.key),
        isCorrection: !isRunning,
        totalMs: runs.reduce((sum, { activeMs }) => sum + activeMs, 0),
      };
    },
  );
}

async function runningTask(write: Write): Promise<Task> {
  const {
    running: [timer],
    elsewhere: [other],
  } = await ownTimers(write);
  if (timer === undefined) {
    throw new DocketError('not_running', 'no clock of yours is running in this list', {
      hint:
        other === undefined
          ? 'docket start KEY starts one; docket stop KEY --minutes N corrects the last one'
          : `docket stop ${other.key} stops that of another list`,
    });
  }
  await loadRuns(write, [timer.taskId]);
  await loadWhole(write, [{ id: timer.taskId, key: timer.key }]);
  return write.list.task(timer.taskId);
}

/** Ends the run under way with the time of its clock, or with the time that somebody said. */
async function stopClock(write: Write, task: Task, saidMs: number | undefined): Promise<Run> {
  const before = await runningOf(write, task.id);
  await finishRun(write, task.id, { status: 'released', saidMs });
  const run = (await taskRuns(write, task.id)).find(({ id }) => id === before?.id);
  if (run === undefined) throw new Error(`task ${task.key} has no run`);
  const { status, claim } = task;
  write.record({
    verb: 'stopped',
    taskId: task.id,
    runId: run.id,
    key: task.key,
    old: { status, claim },
    new: { status, seconds: Math.round(run.activeMs / 1_000) },
  });
  return run;
}

/** Says the time of the person's last clock at a task anew. */
async function correctClock(write: Write, task: Task, said: SaidTime): Promise<Run> {
  const owner = ownerOf(write.scope.worker.session);
  const last = (await taskRuns(write, task.id)).findLast(
    ({ clock, session, finishedAt }) =>
      clock !== null && finishedAt !== null && ownerOf(session) === owner,
  );
  const saidMs = last && timeOf(write, last, said);
  if (last === undefined || saidMs === undefined) {
    throw new DocketError('not_running', `no clock of yours runs at ${task.key}`, {
      hint:
        last === undefined
          ? `docket start ${task.key} starts one`
          : `docket stop ${task.key} --at 17:30, or --minutes N, corrects the last one`,
    });
  }
  const run: Run = { ...last, activeMs: saidMs, clock: 'said' };
  write.send(retimeRun(run));
  write.runs.replace(run);
  write.record({
    verb: 'retimed',
    taskId: task.id,
    runId: run.id,
    key: task.key,
    old: { seconds: Math.round(last.activeMs / 1_000) },
    new: { seconds: Math.round(saidMs / 1_000) },
  });
  if (task.clientId !== null) markRootBilling(write, task);
  return run;
}

/** Gives the milliseconds that somebody said. @throws DocketError `invalid_input` */
function timeOf(write: Write, run: Run, said: SaidTime): number | undefined {
  if (said.minutes !== undefined) return said.minutes * minuteMs;
  if (said.at === undefined) return undefined;
  const now = isoTime(write.at);
  const end = endOfWork(said.at, run.startedAt, now);
  const ms = Date.parse(end) - Date.parse(run.startedAt);
  if (ms >= 0 && end <= now) return ms;
  const why = ms < 0 ? `before its clock began, ${run.startedAt}` : 'still to come';
  throw new DocketError('invalid_input', `the end ${end} is ${why}`, {
    hint: "A time, 17:30, or a day and a time: '2026-12-01 17:30'",
  });
}
