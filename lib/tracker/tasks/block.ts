import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { parseInput, Reason } from '../../model/task/input.ts';
import type { Scope } from '../scope.ts';
import { changeStatus, noClaim } from './change-status.ts';

interface Force {
  /** Acts although another live session holds the claim. */
  readonly force?: boolean;
}

/**
 * Puts a task aside until something outside the list happens. It keeps its claim.
 *
 * @throws DocketError `invalid_input`, `invalid_transition`, `already_claimed`, `is_container`
 */
export async function blockTask(
  scope: Scope,
  key: string,
  { reason: given, ...options }: { reason: string } & Force,
): Promise<TaskAnswer> {
  const reason = parseInput(Reason, given, { what: 'reason' });
  return changeStatus(scope, key, {
    ...options,
    plan: () => ({
      verb: 'blocked',
      to: 'blocked',
      change: { blocked_reason: reason },
      run: { status: 'blocked' },
      detail: { reason },
    }),
  });
}

/** What it waited for has happened: back to its holder, or to the list. */
export function unblockTask(scope: Scope, key: string, options: Force = {}): Promise<TaskAnswer> {
  return changeStatus(scope, key, {
    ...options,
    plan: (task) => {
      if (task.status !== 'blocked') {
        throw new DocketError('invalid_transition', `${task.key} is not blocked`, {
          hint: `docket show ${task.key}`,
        });
      }
      return {
        verb: 'unblocked',
        to: task.claim === null ? 'pending' : 'in_progress',
        change: { blocked_reason: null },
      };
    },
  });
}

/** Gives a claim back: the task is pending again. */
export function releaseTask(scope: Scope, key: string, options: Force = {}): Promise<TaskAnswer> {
  return changeStatus(scope, key, {
    ...options,
    plan: (task) => {
      if (task.claim === null) {
        throw new DocketError('not_claimed', `${task.key} is not claimed`, {
          hint: `docket show ${task.key}`,
        });
      }
      if (task.status === 'blocked') {
        throw new DocketError('invalid_transition', `${task.key} is blocked`, {
          hint: `docket unblock ${task.key}`,
        });
      }
      return { verb: 'released', to: 'pending', change: noClaim, run: { status: 'released' } };
    },
  });
}

/** Opens a completed or cancelled task again; what it had as its outcome stays in the history. */
export function reopenTask(scope: Scope, key: string): Promise<TaskAnswer> {
  return changeStatus(scope, key, {
    plan: (task) => {
      if (task.completedAt === null) {
        throw new DocketError('invalid_transition', `${task.key} is open (${task.status})`, {
          hint: `docket show ${task.key}`,
        });
      }
      return {
        verb: 'reopened',
        to: 'pending',
        change: { completed_at: null, outcome: null },
        detail: task.outcome === null ? {} : { formerOutcome: task.outcome },
      };
    },
  });
}
