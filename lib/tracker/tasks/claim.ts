import type { ClaimAnswer, ClaimsAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import type { RunRole } from '../../model/run/run.ts';
import { isContainer, queueFor } from '../../model/task/container.ts';
import type { Task, Worker } from '../../model/task/task.ts';
import { requireMove } from '../../model/task/transitions.ts';
import { isOneCommand, mainAgent, ownerOf } from '../../model/worker.ts';
import { ask, mapped, type Request, together } from '../../store/sql/request.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { runningOfRequest } from '../../store/tables/running-times.ts';
import { renameRun } from '../../store/tables/runs.ts';
import { formerValues, type TaskChange } from '../../store/tables/task-row.ts';
import { firstReady } from '../../store/tables/tasks.ts';
import { blockersOf } from '../derive/blockers.ts';
import { keepTouched } from '../runs/keep-touched.ts';
import { finishRun, startRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answerTogether, answerWith } from '../view/answer.ts';
import { handOverRequest } from '../view/hand-over.ts';
import { viewNote } from '../view/note.ts';
import { loadWhole } from '../write/load.ts';
import { runningOf } from '../write/load-runs.ts';
import { isUnfinished } from '../write/unfinished.ts';
import type { Write } from '../write/write.ts';
import { alreadyClaimed, isStaleClaim, mayTakeOver } from './own-claim.ts';
import { applyInTurn, type Keys, writeTasks } from './write-tasks.ts';

export interface ClaimOptions {
  /** Takes over a stale claim, or one of the session's own agents; the event names the holder. */
  readonly steal?: boolean;
  /** With `steal`: takes a live claim, too. */
  readonly force?: boolean;
  /** The name of the agent that will do it, for example `Coding Agent`. */
  readonly assignedAgent?: string | undefined;
  /** Whether that agent holds the claim; an agent that claims for itself holds it in any case. */
  readonly isForAgent?: boolean;
  /** Where the worker's folder stands, as `Claim.branch` has it. */
  readonly branch?: string | undefined;
  /** The role of the worker; else the one of the task's type. */
  readonly role?: RunRole;
  /** What the run's time is; else that of its session. */
  readonly clock?: 'timer' | undefined;
}

/**
 * Claims a task, or several, for the scope's worker or for an agent of its session. A worker that
 * claims its own task again changes nothing but the name of the agent; another one of the same
 * session is refused like anybody else.
 *
 * @throws DocketError `already_claimed` (holder and time), `waiting` (blockers), `is_container`,
 * `invalid_transition` (blocked or closed), `not_found`, `ambiguous_key`
 */
export function claimTask<K extends Keys>(
  scope: Scope,
  keys: K,
  options?: ClaimOptions,
): Promise<K extends string ? ClaimAnswer : ClaimsAnswer>;
export function claimTask(
  scope: Scope,
  keys: Keys,
  options: ClaimOptions = {},
): Promise<ClaimAnswer | ClaimsAnswer> {
  return writeTasks(scope, keys, async (write, tasks) => {
    await applyInTurn(write, tasks, (_, task) => applyClaim(write, task, options));
    const [first] = tasks;
    if (typeof keys !== 'string' || first === undefined) return claimsAnswer(write, tasks);
    return claimAnswer(write, first);
  });
}

/**
 * Claims the first task that is ready.
 *
 * @throws DocketError `nothing_ready`
 */
export function claimNext(scope: Scope, options: ClaimOptions = {}): Promise<ClaimAnswer> {
  return writeWorkspace(scope, {}, async (write) => {
    const { session } = scope.worker;
    const by = { workspaceId: write.workspace.id, session };
    const [first, times] = await ask(
      write.db,
      together(firstReady(write.db, by.workspaceId), runningOfRequest(write.db, by)),
    );
    write.runs.setTimes(session, times);
    if (first === undefined) {
      throw new DocketError('nothing_ready', 'no task is ready', { hint: 'docket list' });
    }
    await loadWhole(write, [first]);
    await applyClaim(write, write.list.task(first.id), options);
    return claimAnswer(write, write.list.task(first.id));
  });
}

/** Answers a claim with all that its worker is told; the claim's own flight reads it. */
export async function claimAnswer(write: Write, task: Task): Promise<ClaimAnswer> {
  const [answered, told] = await answerWith(write, task.id, toldRequest(write, task));
  return { ...answered, ...told };
}

async function claimsAnswer(write: Write, tasks: readonly Task[]): Promise<ClaimsAnswer> {
  const ids = tasks.map(({ id }) => id);
  const told = together(...tasks.map((task) => toldRequest(write, task)));
  const [answered, handOvers] = await answerTogether(write, ids, told);
  return { ...answered, handOvers: [...handOvers] };
}

/** Asks for what the worker of a task is told. */
function toldRequest(write: Write, task: Task): Request<Pick<ClaimAnswer, 'handOver' | 'notes'>> {
  const asked = together(handOverRequest(write.db, task), notesOf([task.id]));
  return mapped(asked, ([handOver, notes]) => ({
    handOver: handOver(write.runs.find(task.id) ?? []),
    notes: notes.map((note) => viewNote(note, task.key)),
  }));
}

/** Claims a task within a transaction. The guard row keeps true what was read. */
export async function applyClaim(write: Write, task: Task, options: ClaimOptions): Promise<void> {
  const worker = claimant(write.scope.worker, options);
  if (task.claim?.session === worker.session && task.claim.agent === worker.agent) {
    if (task.status === 'blocked') requireUnblocked(task);
    if (options.assignedAgent !== undefined) await reassign(write, task, options.assignedAgent);
    return;
  }
  if (isContainer(task)) {
    throw new DocketError('is_container', `${task.key} has subtasks; those are claimed instead`, {
      hint: isUnfinished(write.list, task)
        ? `None of them is open: docket close ${task.key} --outcome TEXT`
        : `docket show ${task.key}`,
    });
  }
  if (task.claim !== null) await requireStealable(write, task, options);
  else requireClaimable(write, task);
  const change: TaskChange = {
    ...(task.status === 'blocked' ? {} : { status: 'in_progress', ...queueFor('in_progress') }),
    claim_session_id: worker.session,
    claim_agent_id: worker.agent,
    claim_actor: worker.actor,
    claimed_at: write.at,
    claim_branch: options.branch ?? null,
    ...(task.startedAt === null ? { started_at: write.at } : {}),
    ...(options.assignedAgent === undefined ? {} : { assigned_agent: options.assignedAgent }),
  };
  write.list.change(task.id, change);
  if (task.claim !== null) {
    await finishRun(write, task.id, { status: 'lost' });
    keepTouched(write, task.id);
  }
  const run =
    task.status === 'blocked'
      ? undefined
      : await startRun(write, task, { ...options, agent: options.assignedAgent, worker });
  write.record({
    verb: task.claim === null ? 'claimed' : 'stolen',
    taskId: task.id,
    runId: run?.id,
    key: task.key,
    old: {
      status: task.status,
      claim: task.claim,
      ...formerValues(task, change, ['started_at', 'assigned_agent']),
    },
    new: { status: task.status === 'blocked' ? 'blocked' : 'in_progress', claim: worker },
  });
  write.statusChanged(task.id);
}

/** Gives the worker that will hold the claim: a session claims for the agents it starts. */
function claimant({ session, agent, actor }: Worker, options: ClaimOptions): Worker {
  const { assignedAgent, isForAgent = false } = options;
  const named = isForAgent && agent === mainAgent ? assignedAgent : undefined;
  return { session, agent: named ?? agent, actor };
}

/** Names another agent for a task, and for its run under way if it has one. */
export async function reassign(write: Write, task: Task, agent: string): Promise<void> {
  const run = await runningOf(write, task.id);
  const before = run?.agent ?? task.assignedAgent ?? '';
  if (before === agent && task.assignedAgent === agent) return;
  if (run !== undefined) {
    write.send(renameRun(run.id, agent));
    write.runs.replace({ ...run, agent });
  }
  write.list.change(task.id, { assigned_agent: agent });
  write.record({
    verb: 'reassigned',
    taskId: task.id,
    runId: run?.id,
    key: task.key,
    old: { agent: before, assigned_agent: task.assignedAgent },
    new: { agent },
  });
}

function requireClaimable(write: Write, task: Task): void {
  if (task.status === 'blocked') requireUnblocked(task);
  requireMove(task.key, task.status, 'in_progress');
  requireNoBlocker(write, task);
}

/**
 * Refuses a task with a blocker.
 *
 * @throws DocketError `waiting` with the keys that must be done first.
 */
export function requireNoBlocker({ list }: Write, task: Task): void {
  const keys = blockersOf(list, task).map(({ key }) => key);
  if (task.status !== 'pending' || keys.length === 0) return;
  throw new DocketError('waiting', `${task.key} waits for ${keys.join(', ')}`, {
    hint: 'docket ready lists what can be started',
  });
}

async function requireStealable(write: Write, task: Task, options: ClaimOptions): Promise<void> {
  const { worker } = write.scope;
  const { steal = false, force = false } = options;
  const isOwn = mayTakeOver(worker, task.claim);
  if (steal && (force || isOwn)) return;
  const isStale = task.claim !== null && !isOwn && (await isStaleClaim(write, task.claim));
  if (steal && isStale) return;
  throw alreadyClaimed(write, task, hintFor(task, { worker, steal, isOwn, isStale }));
}

function hintFor(
  { key, claim }: Task,
  facts: { worker: Worker; steal: boolean; isOwn: boolean; isStale: boolean },
): string {
  const { session } = facts.worker;
  const free = 'docket ready lists what is free';
  if (facts.isStale) return `docket claim ${key} --steal takes it over: its holder has gone`;
  if (facts.isOwn) return `docket claim ${key} --steal takes it over; ${free}`;
  if (facts.steal) return 'The holder is live. Choose another (docket ready), or add --force';
  if (claim?.session === session) {
    return `If it was claimed for you, go on with it, and the main agent reports; else ${free}`;
  }
  if (isOneCommand(session) && ownerOf(claim?.session ?? '') === ownerOf(session)) {
    return 'Without a terminal each command is a worker of its own: set DOCKET_SESSION=NAME for all of a script';
  }
  return free;
}

function requireUnblocked(task: Task): void {
  throw new DocketError(
    'invalid_transition',
    `${task.key} is blocked: ${task.blockedReason ?? 'no reason given'}`,
    { hint: `docket unblock ${task.key}` },
  );
}
