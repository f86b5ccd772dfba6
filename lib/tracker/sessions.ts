import type { Task } from '../model/task.ts';
import type { Store } from '../store/contract.ts';
import { retryConflicts } from '../store/retry.ts';
import {
  endSession as endRow,
  findSessionsOfProcess,
  type SessionStart,
  touchSession,
  upsertSession,
} from '../store/tables/sessions.ts';
import { findClaimedIds, findTasks, updateTask } from '../store/tables/tasks.ts';
import { makeToken } from './ids.ts';
import type { Scope } from './scope.ts';
import { writeWorkspace } from './write.ts';

export type { SessionStart } from '../store/tables/sessions.ts';

/** Registers a session, or one that is resumed. One statement: no part of the history. */
export function startSession(store: Store, session: SessionStart): Promise<void> {
  return retryConflicts(() => upsertSession(store.db, session));
}

/** Writes a sign of life, and the session itself when its start was missed. */
export function touch(store: Store, session: SessionStart): Promise<void> {
  return retryConflicts(async () => {
    if ((await touchSession(store.db, session.id)) === 0) await upsertSession(store.db, session);
  });
}

/** Ends a session; its claims stay and are shown as stale. */
export function endSession(store: Store, id: string, reason: string): Promise<void> {
  return retryConflicts(() => endRow(store.db, id, reason));
}

/**
 * After /clear the same Claude Code process goes on under a new session id: what its former
 * sessions hold in this workspace becomes the new one's, each with an event.
 *
 * @returns keys of the tasks that moved.
 */
export async function inheritClaims(
  scope: Scope,
  process: { scope: string; id: number; start: string },
): Promise<readonly string[]> {
  const sessions = await findSessionsOfProcess(scope.store.db, process);
  const former = sessions.map(({ id }) => id).filter((id) => id !== scope.worker.session);
  const held: string[] = [];
  for (const id of former) held.push(...(await findClaimedIds(scope.store.db, id)));
  if (held.length === 0) return [];
  return writeWorkspace(scope, async (write) => {
    const tasks = (await findTasks(write.db, held)).filter((task) => isStillHeld(task));
    for (const task of tasks) {
      await updateTask(write.db, task, {
        claim_session_id: scope.worker.session,
        revision: makeToken(),
      });
      write.record({
        verb: 'claim_moved',
        taskId: task.id,
        key: task.key,
        old: { session: task.claim?.session },
        new: { session: scope.worker.session },
      });
    }
    return tasks.map(({ key }) => key);
  });

  function isStillHeld({ claim, workspaceId }: Task): boolean {
    return workspaceId === scope.workspaceId && claim !== null && former.includes(claim.session);
  }
}
