import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { isContainer, placeOf } from '../../model/task/container.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { requireMove } from '../../model/task/transitions.ts';
import { endBlock, insertBlock } from '../../store/tables/blocks.ts';
import type { RunEnd } from '../../store/tables/runs.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import { updateTask } from '../../store/tables/tasks.ts';
import { affectsBilling } from '../derive/work-items.ts';
import { makeId, makeToken } from '../ids.ts';
import { finishRun, judgeWork, startRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write.ts';
import { requireOwnClaim } from './own-claim.ts';

/** One move of a leaf's status, as every verb but claim makes it. */
export interface StatusMove {
  /** Past tense, for the event. */
  readonly verb: string;
  readonly to: Status;
  readonly change: TaskChange;
  /** How the run that is under way ends, where the move ends one. */
  readonly run?: Omit<RunEnd, 'activeMs'>;
  /** What the event says beyond old and new status. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

export const noClaim = {
  claim_session_id: null,
  claim_agent_id: null,
  claim_actor: null,
  claimed_at: null,
} as const satisfies TaskChange;

/** Finds the task, lets `plan` decide the move, and makes it. */
export function changeStatus(
  scope: Scope,
  key: string,
  { force = false, plan }: { force?: boolean; plan: (task: Task) => StatusMove },
): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, key);
    requireLeaf(task);
    await requireOwnClaim(write, task, { force });
    await move(write, task, plan(task));
    return answer(write, task.id);
  });
}

/** @throws DocketError `invalid_transition` */
export async function move(write: Write, task: Task, step: StatusMove): Promise<void> {
  requireMove(task.key, task.status, step.to);
  await updateTask(write.db, task, {
    status: step.to,
    ...placeOf(step.to),
    ...step.change,
    revision: makeToken(),
  });
  const runId = await followRun(write, task, step);
  await followBlock(write, task, step);
  write.record({
    verb: step.verb,
    taskId: task.id,
    runId,
    key: task.key,
    old: { status: task.status, ...(task.claim === null ? {} : { claim: task.claim }) },
    new: { status: step.to, ...step.detail },
  });
  write.moved(task.id);
  if (affectsBilling(task, step.to)) write.rebilled(task.id);
}

/** Ends the run under way, or begins the holder's next one; the id of either. */
async function followRun(write: Write, task: Task, step: StatusMove): Promise<string | undefined> {
  if (step.run !== undefined) return (await finishRun(write, task.id, step.run))?.id;
  if (isClosed(task.status)) await judgeWork(write, task.id, 'rejected');
  if (step.to !== 'in_progress' || task.claim === null) return undefined;
  return startRun(write, task, { worker: task.claim });
}

async function followBlock(write: Write, task: Task, { to, change }: StatusMove): Promise<void> {
  if (task.status === 'blocked') await endBlock(write.db, task.id);
  if (to !== 'blocked') return;
  const { id: taskId, workspaceId } = task;
  await insertBlock(write.db, {
    id: makeId(),
    workspaceId,
    taskId,
    reason: change.blocked_reason ?? '',
  });
}

/** @throws DocketError `is_container`: its status follows its subtasks. */
function requireLeaf(task: Task): void {
  if (!isContainer(task)) return;
  throw new DocketError('is_container', `${task.key} has subtasks; its status follows theirs`, {
    hint: `docket show ${task.key}`,
  });
}
