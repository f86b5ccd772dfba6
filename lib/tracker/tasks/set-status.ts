import type { TaskAnswer } from '../../model/answers/task.ts';
import { isClosed, type Status } from '../../model/task/status.ts';
import type { Scope } from '../scope.ts';
import { together } from '../transaction/write-workspace.ts';
import { findTask } from '../view/find.ts';
import { blockTask, releaseTask, reopenTask, unblockTask } from './block.ts';
import { type ClaimOptions, claimTask } from './claim.ts';
import { cancelTask, closeTask } from './close.ts';
import { updateFields } from './update.ts';

/** What the verb that a status stands for needs to know. */
export interface StatusOptions extends ClaimOptions {
  /** Why it is blocked or cancelled. */
  readonly reason: string | undefined;
  readonly outcome: string | undefined;
  readonly billableMinutes: number | undefined;
}

/**
 * Brings a task to a status by the verbs that lead there, in one transaction: in_progress is a
 * claim, pending a release, an unblock or a reopen, whatever it takes.
 *
 * @throws DocketError what those verbs throw
 */
export function setStatus(
  scope: Scope,
  key: string,
  { status, ...options }: StatusOptions & { readonly status: Status },
): Promise<TaskAnswer> {
  const { reason, outcome, billableMinutes, force = false } = options;
  return together(scope, (joined) => {
    switch (status) {
      case 'in_progress':
        return start(joined, key, options);
      case 'pending':
        return putBack(joined, key, { force });
      case 'blocked':
        return blockTask(joined, key, { reason: reason ?? '', force });
      case 'completed':
        return closeTask(joined, key, { outcome, billableMinutes, force });
      case 'cancelled':
        return cancelTask(joined, key, { reason, force });
    }
  });
}

async function start(scope: Scope, key: string, options: ClaimOptions): Promise<TaskAnswer> {
  const task = await scope.store.read((db) => findTask(db, scope.workspaceId, key));
  if (task.status === 'blocked') {
    await unblockTask(scope, key, { force: options.force ?? false });
  }
  return claimTask(scope, key, options);
}

async function putBack(
  scope: Scope,
  key: string,
  options: { readonly force: boolean },
): Promise<TaskAnswer> {
  const task = await scope.store.read((db) => findTask(db, scope.workspaceId, key));
  if (isClosed(task.status)) return reopenTask(scope, key);
  if (task.status === 'blocked') await unblockTask(scope, key, options);
  return task.claim === null ? updateFields(scope, key, {}) : releaseTask(scope, key, options);
}
