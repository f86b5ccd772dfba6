import type { TaskAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import type { RunRole } from '../../model/run/run.ts';
import { isContainer, placeOf } from '../../model/task/container.ts';
import type { Task } from '../../model/task/task.ts';
import { requireMove } from '../../model/task/transitions.ts';
import { now } from '../../store/sql/now.ts';
import { findRunning, renameRun } from '../../store/tables/runs.ts';
import { listQueue, updateTask } from '../../store/tables/tasks.ts';
import { makeToken } from '../ids.ts';
import { finishRun, startRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewTask } from '../view/task.ts';
import type { Write } from '../write.ts';
import { alreadyClaimed } from './own-claim.ts';

export interface ClaimOptions {
  /** Takes a stale claim over; the event names the one it was taken from. */
  readonly steal?: boolean;
  /** With `steal`: takes a live claim, too. */
  readonly force?: boolean;
  /** Name of the agent that will do it, for example `Coding Agent`. */
  readonly assignedAgent?: string | undefined;
  /** What the worker is to do with it; else what the task's type says. */
  readonly role?: RunRole;
}

/**
 * Claims a task for the scope's worker. Claiming again what one holds already changes nothing but
 * the agent.
 *
 * @throws DocketError `already_claimed` (holder and time), `waiting` (blockers), `is_container`,
 * `invalid_transition` (blocked or closed), `not_found`, `ambiguous_key`
 */
export function claimTask(
  scope: Scope,
  key: string,
  options: ClaimOptions = {},
): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, key);
    await takeClaim(write, task, options);
    return answer(write, task.id);
  });
}

/** Claims the first task that is ready. @throws DocketError `nothing_ready` */
export function claimNext(scope: Scope, options: ClaimOptions = {}): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const { tasks } = await listQueue(write.db, scope.workspaceId, {
      queue: 'ready',
      limit: 1,
      countTo: 1,
    });
    const [task] = tasks;
    if (task === undefined) {
      throw new DocketError('nothing_ready', 'no task is ready', { hint: 'docket list' });
    }
    await takeClaim(write, task, options);
    return answer(write, task.id);
  });
}

/** The guard row makes what was read still true here; the update itself compares the revision. */
export async function takeClaim(write: Write, task: Task, options: ClaimOptions): Promise<void> {
  const { worker } = write.scope;
  if (task.claim?.session === worker.session && task.claim.agent === worker.agent) {
    if (task.status === 'blocked') requireUnblocked(task);
    if (options.assignedAgent !== undefined) await reassign(write, task, options.assignedAgent);
    return;
  }
  if (isContainer(task)) {
    throw new DocketError('is_container', `${task.key} has subtasks; those are claimed instead`, {
      hint: `docket show ${task.key}`,
    });
  }
  if (task.claim !== null) await requireStealable(write, task, options);
  else await requireClaimable(write, task);
  await updateTask(write.db, task, {
    ...(task.status === 'blocked' ? {} : { status: 'in_progress', ...placeOf('in_progress') }),
    claim_session_id: worker.session,
    claim_agent_id: worker.agent,
    claim_actor: worker.actor,
    claimed_at: now,
    ...(task.startedAt === null ? { started_at: now } : {}),
    ...(options.assignedAgent === undefined ? {} : { assigned_agent: options.assignedAgent }),
    revision: makeToken(),
  });
  if (task.claim !== null) await finishRun(write, task.id, { status: 'lost' });
  const runId =
    task.status === 'blocked'
      ? undefined
      : await startRun(write, task, { ...options, agent: options.assignedAgent });
  write.record({
    verb: task.claim === null ? 'claimed' : 'stolen',
    taskId: task.id,
    runId,
    key: task.key,
    old: { status: task.status, claim: task.claim },
    new: { status: task.status === 'blocked' ? 'blocked' : 'in_progress', claim: worker },
  });
  write.moved(task.id);
}

async function requireClaimable(write: Write, task: Task): Promise<void> {
  if (task.status === 'blocked') requireUnblocked(task);
  requireMove(task.key, task.status, 'in_progress');
  await requireNoBlocker(write, task);
}

/** @throws DocketError `waiting` with the keys that must be done first. */
export async function requireNoBlocker(write: Write, task: Task): Promise<void> {
  if (task.queue !== 'waiting') return;
  const { blockers } = await viewTask(write.db, write.scope, task.id);
  throw new DocketError('waiting', `${task.key} waits for ${blockers.join(', ')}`, {
    hint: 'docket ready lists what can be started',
  });
}

async function requireStealable(write: Write, task: Task, options: ClaimOptions): Promise<void> {
  if (options.steal && options.force) return;
  const { claim } = await viewTask(write.db, write.scope, task.id);
  if (options.steal && claim?.stale) return;
  throw alreadyClaimed(
    task,
    claim?.stale
      ? `The claim is stale. docket claim ${task.key} --steal`
      : options.steal
        ? `The holder is live. Choose another (docket ready), or add --force`
        : 'docket ready lists what is free',
  );
}

function requireUnblocked(task: Task): void {
  throw new DocketError(
    'invalid_transition',
    `${task.key} is blocked: ${task.blockedReason ?? 'no reason given'}`,
    { hint: `docket unblock ${task.key}` },
  );
}

/** Names another agent for a task, and for its run under way if it has one. */
export async function reassign(write: Write, task: Task, agent: string): Promise<void> {
  const [run] = await findRunning(write.db, [task.id]);
  const before = run?.agent ?? task.assignedAgent ?? '';
  if (before === agent && task.assignedAgent === agent) return;
  if (run !== undefined) await renameRun(write.db, run.id, agent);
  await updateTask(write.db, task, { assigned_agent: agent, revision: makeToken() });
  write.record({
    verb: 'reassigned',
    taskId: task.id,
    runId: run?.id,
    key: task.key,
    old: { agent: before },
    new: { agent },
  });
}
