import { DocketError } from '../model/errors.ts';
import type { TaskAnswer } from '../model/output.ts';
import { isClosed } from '../model/status.ts';
import { isContainer, type Task } from '../model/task.ts';
import type { TaskInput } from '../model/task-input.ts';
import { findSubtasks, now, updateTask } from '../store/tables/tasks.ts';
import { answer } from './answer.ts';
import { move, noClaim } from './change-status.ts';
import { requireNoBlocker } from './claim.ts';
import { addTask } from './create.ts';
import { findTask } from './find.ts';
import { makeToken } from './ids.ts';
import { addDependency } from './link.ts';
import { requireOwnClaim } from './own-claim.ts';
import type { Scope } from './scope.ts';
import { type Write, writeWorkspace } from './write.ts';

export interface CloseOptions {
  readonly outcome?: string | undefined;
  readonly billableMinutes?: number | undefined;
  /** Titles of tasks to create, each linked as discovered from this one. */
  readonly followUps?: readonly TaskInput[];
  /** Cancels the open subtasks of a container. */
  readonly cancelOpen?: boolean;
  /** Closes although it waits for others, or another live session holds the claim. */
  readonly force?: boolean;
}

/**
 * Completes a task; a pending one is claimed and completed in one. A container completes by itself
 * with its last subtask, so this is for one whose open subtasks are no longer wanted.
 *
 * @throws DocketError `open_subtasks`, `invalid_transition`, `already_claimed`, `waiting`
 */
export function closeTask(
  scope: Scope,
  key: string,
  options: CloseOptions = {},
): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTask(write.db, scope.workspaceId, key);
    if (isContainer(task)) await closeContainer(write, task, options);
    else await completeLeaf(write, task, options);
    const followUps: string[] = [];
    for (const input of options.followUps ?? []) {
      const followUp = await addTask(write, input);
      await addDependency(write, followUp, task, 'discovered_from');
      followUps.push(followUp.key);
    }
    return answer(write, task.id, followUps);
  });
}

/** Cancels a task; nothing is deleted. */
export function cancelTask(
  scope: Scope,
  key: string,
  { reason, cancelOpen = false, force = false }: CancelOptions = {},
): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTask(write.db, scope.workspaceId, key);
    if (isContainer(task)) await cancelSubtasks(write, task, { cancelOpen, force });
    else await cancelLeaf(write, task, { reason, force });
    return answer(write, task.id);
  });
}

export interface CancelOptions {
  readonly reason?: string | undefined;
  readonly cancelOpen?: boolean;
  readonly force?: boolean;
}

async function completeLeaf(write: Write, task: Task, options: CloseOptions): Promise<void> {
  const { outcome, billableMinutes, force = false } = options;
  await requireOwnClaim(write, task, { force });
  if (!force) await requireNoBlocker(write, task);
  await move(write, task, {
    verb: 'completed',
    to: 'completed',
    change: {
      ...noClaim,
      blocked_reason: null,
      completed_at: now,
      ...(task.startedAt === null ? { started_at: now } : {}),
      ...(outcome === undefined ? {} : { outcome }),
      ...(billableMinutes === undefined ? {} : { billable_minutes: billableMinutes }),
    },
    detail: outcome === undefined ? {} : { outcome },
  });
}

async function closeContainer(write: Write, task: Task, options: CloseOptions): Promise<void> {
  if (isClosed(task.status)) {
    throw new DocketError('invalid_transition', `${task.key} is ${task.status} already`, {
      hint: `docket show ${task.key}`,
    });
  }
  await cancelSubtasks(write, task, {
    cancelOpen: options.cancelOpen ?? false,
    force: options.force ?? false,
  });
  await write.settled();
  if (options.outcome === undefined && options.billableMinutes === undefined) return;
  const current = await findTask(write.db, task.workspaceId, task.key);
  await updateTask(write.db, current, {
    ...(options.outcome === undefined ? {} : { outcome: options.outcome }),
    ...(options.billableMinutes === undefined ? {} : { billable_minutes: options.billableMinutes }),
    revision: makeToken(),
  });
}

async function cancelSubtasks(
  write: Write,
  task: Task,
  { cancelOpen, force }: { cancelOpen: boolean; force: boolean },
): Promise<void> {
  const subtasks = await findSubtasks(write.db, [task.id]);
  const open = subtasks.filter(({ status }) => !isClosed(status));
  if (open.length > 0 && !cancelOpen) {
    const keys = open.map(({ key }) => key).slice(0, 5);
    throw new DocketError(
      'open_subtasks',
      `${task.key} has ${open.length} open subtask${open.length === 1 ? '' : 's'}: ` +
        `${keys.join(', ')}${open.length > keys.length ? ', ...' : ''}`,
      { hint: `Close them first, or add --cancel-open` },
    );
  }
  if (open.length === 0) {
    throw new DocketError('invalid_transition', `${task.key} is ${task.status} already`, {
      hint: `docket show ${task.key}`,
    });
  }
  for (const subtask of open) {
    if (isContainer(subtask)) await cancelSubtasks(write, subtask, { cancelOpen, force });
    else await cancelLeaf(write, subtask, { reason: `${task.key} was closed`, force });
  }
}

async function cancelLeaf(
  write: Write,
  task: Task,
  { reason, force }: { reason?: string | undefined; force: boolean },
): Promise<void> {
  await requireOwnClaim(write, task, { force });
  await move(write, task, {
    verb: 'cancelled',
    to: 'cancelled',
    change: {
      ...noClaim,
      blocked_reason: null,
      completed_at: now,
      ...(reason === undefined ? {} : { outcome: reason }),
    },
    detail: reason === undefined ? {} : { reason },
  });
}
