import type { Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { moveRun } from '../../store/tables/runs.ts';
import { findSessionsOfProcess } from '../../store/tables/sessions.ts';
import { findClaimedIds, findTasks } from '../../store/tables/tasks.ts';
import { translated } from '../database/translate-errors.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns, runningOf, runningTimes } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { shareTime } from './share-time.ts';

/**
 * Moves claims after /clear and /branch, when the same Claude Code process goes on under a new
 * session id: the claims of its former session become the new one's, each with an event in the
 * history of its workspace. A session that the process left by /resume is another conversation and
 * keeps its own.
 *
 * @param process `hasEnded` says that Claude Code ended the former session, as it does at /branch.
 * @returns keys of the tasks that moved.
 */
export async function inheritClaims(
  scope: Scope,
  process: { scope: string; id: number; start: string; hasEnded?: boolean },
): Promise<readonly string[]> {
  const { db } = scope.store;
  const former: string[] = [];
  const tasks = await translated(async () => {
    const sessions = await findSessionsOfProcess(db, process);
    const others = sessions.filter(({ id }) => id !== scope.worker.session);
    const last = others
      .map(({ endedAt }) => endedAt ?? '')
      .sort()
      .at(-1);
    const isFormer = ({ endedAt }: (typeof others)[number]) =>
      endedAt === null || (process.hasEnded === true && endedAt === last);
    former.push(...others.filter(isFormer).map(({ id }) => id));
    const held: string[] = [];
    for (const id of former) held.push(...(await findClaimedIds(db, id)));
    return findTasks(db, held);
  });
  const moved: string[] = [];
  for (const workspaceId of new Set(tasks.map((task) => task.workspaceId))) {
    const held = tasks.filter((task) => task.workspaceId === workspaceId);
    moved.push(...(await moveClaims({ ...scope, workspaceId }, held, former)));
  }
  return moved;
}

function moveClaims(
  scope: Scope,
  claimed: readonly Task[],
  former: readonly string[],
): Promise<readonly string[]> {
  const keys = claimed.map(({ key }) => key);
  return writeWorkspace(scope, { keys }, async (write) => {
    const ids = claimed.map(({ id }) => id);
    for (const session of former) await shareTime(write, session, { least: 2 });
    await shareTime(write, scope.worker.session, { least: 1 });
    await loadRuns(write, ids);
    const moved: string[] = [];
    for (const task of await loadTasks(write, ids)) {
      // Another session may have taken the task since.
      if (task.claim === null || !former.includes(task.claim.session)) continue;
      write.list.change(task.id, { claim_session_id: scope.worker.session });
      const run = await runningOf(write, task.id);
      if (run !== undefined) await moveRunTo(write, run, scope.worker.session);
      write.record({
        verb: 'claim_moved',
        taskId: task.id,
        runId: run?.id,
        key: task.key,
        old: { session: task.claim.session },
        new: { session: scope.worker.session },
      });
      moved.push(task.key);
    }
    return moved;
  });
}

/** Moves a run to another session, with the time that is its own so far. */
async function moveRunTo(write: Write, run: Run, session: string): Promise<void> {
  const before = await runningTimes(write, run.session);
  const activeMs = before.find(({ id }) => id === run.id)?.activeMs ?? run.activeMs;
  const moved = { id: run.id, activeMs };
  const there = await runningTimes(write, session);
  write.send(moveRun(write.db, moved, session));
  write.runs.replace({ ...run, session, activeMs });
  write.runs.setTimes(
    run.session,
    before.filter(({ id }) => id !== run.id),
  );
  write.runs.setTimes(session, [
    ...there,
    { ...moved, sinceMs: 0, isTimer: run.clock === 'timer' },
  ]);
}
