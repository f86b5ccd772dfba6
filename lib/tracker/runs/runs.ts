import {
  isDoneRun,
  nextNumbers,
  type Run,
  type RunRole,
  type Verdict,
} from '../../model/run/run.ts';
import type { Task, Worker } from '../../model/task/task.ts';
import { StoreError } from '../../store/errors.ts';
import {
  endRun,
  findRunning,
  findRuns,
  insertRun,
  judgeRun,
  type RunEnd,
} from '../../store/tables/runs.ts';
import { makeId } from '../ids.ts';
import type { Scope } from '../scope.ts';
import type { Write } from '../write.ts';
import { shareTime } from './share-time.ts';

export interface RunStart {
  readonly role?: RunRole;
  /** Display name of who does it; else the task's own agent. */
  readonly agent?: string | undefined;
  /** Who holds the claim; else the scope's worker. */
  readonly worker?: Worker;
}

/** Begins a run of a task that its worker has just claimed, or goes on with. */
export async function startRun(write: Write, task: Task, start: RunStart = {}): Promise<string> {
  const { worker = write.scope.worker } = start;
  // What was never started has no runs.
  const runs =
    task.startedAt === null ? [] : await findRuns(write.db, [task.id], { withReports: false });
  const role = start.role ?? usualRole(task, runs.at(-1));
  await shareTime(write, worker.session, { least: 1 });
  const id = makeId();
  await insertRun(write.db, {
    id,
    workspaceId: task.workspaceId,
    taskId: task.id,
    agent: start.agent ?? task.assignedAgent ?? '',
    role,
    ...nextNumbers(runs, role),
    session: worker.session,
    agentId: worker.agent,
    actor: worker.actor,
  });
  return id;
}

/** What was kept from going on goes on as what it was. */
function usualRole({ type }: Task, last: Run | undefined): RunRole {
  if (last?.status === 'blocked') return last.role;
  return type === 'review' ? 'review' : 'work';
}

/**
 * Ends the run of a task, if it has one: tasks that an older docket claimed have none.
 *
 * @throws StoreError `conflict` when another writer was faster.
 */
export async function finishRun(
  write: Write,
  taskId: string,
  end: Omit<RunEnd, 'activeMs'>,
): Promise<Run | undefined> {
  const [running] = await findRunning(write.db, [taskId]);
  if (running === undefined) return undefined;
  const isShared = await shareTime(write, running.session, { least: 2 });
  const [run = running] = isShared ? await findRunning(write.db, [taskId]) : [];
  if ((await endRun(write.db, run.id, { ...end, activeMs: run.activeMs })) === 0) {
    throw new StoreError('conflict', `run ${run.id} was ended meanwhile`);
  }
  return run;
}

/** Says how the last work that was done at a task was judged. */
export async function judgeWork(write: Write, taskId: string, verdict: Verdict): Promise<void> {
  const runs = await findRuns(write.db, [taskId], { withReports: false });
  const done = runs.findLast(({ role, status }) => role === 'work' && isDoneRun(status));
  if (done !== undefined) await judgeRun(write.db, done.id, verdict);
}

/** Of these runs' tasks, the ids of the runs that are still under way. */
export function findLiveRuns(
  scope: Scope,
  taskIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return scope.store.read(
    async (db) => new Set((await findRunning(db, taskIds)).map(({ id }) => id)),
  );
}
