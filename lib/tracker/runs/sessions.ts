import type { Store } from '../../store/contract.ts';
import { retryBusy } from '../../store/retry.ts';
import { findRunning, moveRun } from '../../store/tables/runs.ts';
import {
  endSession as endRow,
  findSessionsOfProcess,
  type SessionStart,
  touchSession,
  upsertSession,
} from '../../store/tables/sessions.ts';
import { findClaimedIds, findTasks, updateTask } from '../../store/tables/tasks.ts';
import { translated } from '../database/translate-errors.ts';
import { makeToken } from '../ids.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { shareTime } from './share-time.ts';

export type { SessionStart } from '../../store/tables/sessions.ts';

/** Registers a session, or one that is resumed. One statement: no part of the history. */
export function startSession(store: Store, session: SessionStart): Promise<void> {
  return untilWritten(() => upsertSession(store.db, session));
}

/** Writes a sign of life, and the session itself when its start was missed. One statement. */
export function touch(store: Store, session: SessionStart): Promise<void> {
  return untilWritten(() => touchSession(store.db, session));
}

/** Ends a session; its claims stay and are shown as stale. */
export function endSession(store: Store, id: string, reason: string): Promise<void> {
  return untilWritten(() => endRow(store.db, id, reason));
}

/** Single statements that lose against others are tried again, as transactions are by themselves. */
function untilWritten(work: () => Promise<void>): Promise<void> {
  return translated(() => retryBusy(work));
}

/**
 * After /clear the same Claude Code process goes on under a new session id: what its former
 * sessions hold becomes the new one's, each with an event in the history of its workspace.
 *
 * @returns keys of the tasks that moved.
 */
export async function inheritClaims(
  scope: Scope,
  process: { scope: string; id: number; start: string },
): Promise<readonly string[]> {
  const { db } = scope.store;
  const former: string[] = [];
  const tasks = await translated(async () => {
    const sessions = await findSessionsOfProcess(db, process);
    former.push(...sessions.map(({ id }) => id).filter((id) => id !== scope.worker.session));
    const held: string[] = [];
    for (const id of former) held.push(...(await findClaimedIds(db, id)));
    return findTasks(db, held);
  });
  const moved: string[] = [];
  for (const workspaceId of new Set(tasks.map((task) => task.workspaceId))) {
    const ids = tasks.filter((task) => task.workspaceId === workspaceId).map(({ id }) => id);
    moved.push(...(await moveClaims({ ...scope, workspaceId }, ids, former)));
  }
  return moved;
}

function moveClaims(
  scope: Scope,
  ids: readonly string[],
  former: readonly string[],
): Promise<readonly string[]> {
  return writeWorkspace(scope, async (write) => {
    const moved: string[] = [];
    for (const session of former) await shareTime(write, session, { least: 2 });
    for (const task of await findTasks(write.db, ids)) {
      // Somebody may have taken it since.
      if (task.claim === null || !former.includes(task.claim.session)) continue;
      await updateTask(write.db, task, {
        claim_session_id: scope.worker.session,
        revision: makeToken(),
      });
      const [run] = await findRunning(write.db, [task.id]);
      if (run !== undefined) await moveRun(write.db, run, scope.worker.session);
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
