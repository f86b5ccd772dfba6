import { isClosed, type Status } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import type { Write } from '../write/write.ts';
import { applyBlock, applyRelease, applyReopen, applyUnblock } from './block.ts';
import { requireLeaf } from './change-status.ts';
import { applyClaim, type ClaimOptions } from './claim.ts';
import { applyCancel, applyClose } from './close.ts';

/** The options of the verbs that lead to a status. */
export interface StatusOptions extends ClaimOptions {
  readonly status: Status;
  /** The reason of a block or a cancellation. */
  readonly reason?: string | undefined;
  readonly outcome?: string | undefined;
  readonly billableMinutes?: number | undefined;
}

/**
 * Brings a task to a status by the verbs that lead there: in_progress is a claim, pending a
 * release, an unblock or a reopen, as the task requires.
 *
 * @throws DocketError what those verbs throw
 */
export async function applyStatus(
  write: Write,
  task: Task,
  { status, ...options }: StatusOptions,
): Promise<void> {
  const { reason, outcome, billableMinutes, force = false } = options;
  switch (status) {
    case 'in_progress':
      if (task.status === 'blocked') await applyUnblock(write, task, { force });
      if (task.status === 'blocked' && isHeldHere(write, task)) return;
      return applyClaim(write, write.list.task(task.id), options);
    case 'pending':
      return putBack(write, task, { force });
    case 'blocked':
      return applyBlock(write, task, { reason: reason ?? '', force });
    case 'completed':
      return applyClose(write, task, { outcome, billableMinutes, force });
    case 'cancelled':
      return applyCancel(write, task, { reason, force });
  }
}

/** Whether the session that asks holds a task, be it for an agent of its own. */
function isHeldHere({ scope }: Write, { claim }: Task): boolean {
  return claim?.session === scope.worker.session;
}

async function putBack(
  write: Write,
  task: Task,
  options: { readonly force: boolean },
): Promise<void> {
  requireLeaf(task);
  if (isClosed(task.status)) return applyReopen(write, task);
  if (task.status === 'blocked') await applyUnblock(write, task, options);
  if (task.claim !== null) await applyRelease(write, write.list.task(task.id), options);
}
