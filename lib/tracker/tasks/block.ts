import { DocketError } from '../../model/errors.ts';
import type { TaskContext } from '../../model/task/input.ts';
import { addBlocker, settleBlocker } from '../../model/task/past-blocks.ts';
import { contextThatFits } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import type { Write } from '../write/write.ts';
import { move, noClaim, requireLeaf } from './change-status.ts';
import { type AnswerAbout, changeTask } from './change-task.ts';
import { requireOwnClaim } from './own-claim.ts';
import type { BringBack, Keys } from './write-tasks.ts';

/** The way a verb treats another session's claim. */
export interface Force {
  /** Acts although another live session holds the claim. */
  readonly force?: boolean;
}

/**
 * Requires a leaf that the worker may change.
 *
 * @throws DocketError `is_container`, `already_claimed`
 */
async function requireChangeable(write: Write, task: Task, { force = false }: Force) {
  requireLeaf(task);
  await requireOwnClaim(write, task, { force });
}

/**
 * Blocks a task until something outside the list happens. The task keeps its claim.
 *
 * @throws DocketError `invalid_transition`, `already_claimed`, `is_container`
 */
export async function applyBlock(
  write: Write,
  task: Task,
  { reason, ...options }: { readonly reason: string } & Force,
): Promise<void> {
  await requireChangeable(write, task, options);
  await move(write, task, {
    verb: 'blocked',
    to: 'blocked',
    change: {
      blocked_reason: reason,
      ...contextChange(task, (context) => addBlocker(context, reason)),
    },
    run: { status: 'blocked' },
    detail: { reason },
  });
}

/** What ends a block. */
export interface Unblock extends Force {
  /** How it was settled, for whoever takes the task up again. */
  readonly resolution?: string | undefined;
}

/** Ends a block. A claimed task is in progress again, another one pending. */
export async function applyUnblock(
  write: Write,
  task: Task,
  { resolution, ...options }: Unblock,
): Promise<void> {
  await requireChangeable(write, task, options);
  if (task.status !== 'blocked') {
    throw new DocketError('invalid_transition', `${task.key} is not blocked`, {
      hint: `docket show ${task.key}`,
    });
  }
  const settled = { blocker: task.blockedReason ?? '', resolution: resolution ?? null };
  await move(write, task, {
    verb: 'unblocked',
    to: task.claim === null ? 'pending' : 'in_progress',
    change: {
      blocked_reason: null,
      ...contextChange(task, (context) => settleBlocker(context, settled)),
    },
    detail: resolution === undefined ? {} : { resolution },
  });
}

/** Changes what a task's context says of its blockers, where that still fits the column. */
function contextChange({ context }: Task, change: (context: TaskContext) => TaskContext) {
  const text = contextThatFits(change(readContext(context)), context);
  return text === context ? {} : { task_context: text };
}

/** Gives a claim up: the task is pending again. */
export async function applyRelease(write: Write, task: Task, options: Force): Promise<void> {
  await requireChangeable(write, task, options);
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
  await move(write, task, {
    verb: 'released',
    to: 'pending',
    change: noClaim,
    run: { status: 'released' },
  });
}

/** Reopens a completed or cancelled task; its former outcome stays in the history. */
export async function applyReopen(write: Write, task: Task): Promise<void> {
  await requireChangeable(write, task, {});
  if (task.completedAt === null) {
    throw new DocketError('invalid_transition', `${task.key} is open (${task.status})`, {
      hint: `docket show ${task.key}`,
    });
  }
  await move(write, task, {
    verb: 'reopened',
    to: 'pending',
    change: { completed_at: null, outcome: null },
    detail: task.outcome === null ? {} : { formerOutcome: task.outcome },
  });
}

/**
 * Blocks a task, or several for one reason.
 *
 * @throws DocketError what `applyBlock` throws, `not_found`, `ambiguous_key`
 */
export function blockTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options: { readonly reason: string } & Force,
): Promise<AnswerAbout<K>> {
  return changeTask(scope, keys, (write, task) => applyBlock(write, task, options));
}

/**
 * Unblocks a task, or several whose blocks were settled by the same.
 *
 * @throws DocketError `invalid_transition`, `already_claimed`, `is_container`, `not_found`
 */
export function unblockTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options: Unblock = {},
): Promise<AnswerAbout<K>> {
  return changeTask(scope, keys, (write, task) => applyUnblock(write, task, options));
}

/**
 * Releases a task, or several.
 *
 * @throws DocketError `not_claimed`, `invalid_transition`, `already_claimed`, `not_found`
 */
export function releaseTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options: Force = {},
): Promise<AnswerAbout<K>> {
  return changeTask(scope, keys, (write, task) => applyRelease(write, task, options));
}

/**
 * Reopens a task, or several; archived ones are brought back first.
 *
 * @throws DocketError `invalid_transition`, `is_container`, `not_found`, `cycle`
 */
export function reopenTask<K extends Keys>(
  scope: Scope,
  keys: K,
  bringBack?: BringBack,
): Promise<AnswerAbout<K>> {
  return changeTask(scope, keys, applyReopen, bringBack);
}
