import type { RunView } from '../../model/answers/run.ts';
import { DocketError } from '../../model/errors.ts';
import { isStale, orchestratorPrefix } from '../../model/liveness.ts';
import type { RunRole } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { ask } from '../../store/sql/request.ts';
import { keepLateReport } from '../../store/tables/runs.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { move, noClaim } from '../tasks/change-status.ts';
import { applyClaim, reassign } from '../tasks/claim.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewRun } from '../view/run.ts';
import { loadTasks } from '../write/load.ts';
import { loadRuns, runningOf } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';

/**
 * Claims a task for an agent and opens its run.
 *
 * @throws DocketError what a claim throws
 */
export function startStep(
  scope: Scope,
  key: string,
  { role, agent }: { readonly role: RunRole; readonly agent: string },
): Promise<RunView> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    await applyClaim(write, task, { role, assignedAgent: agent });
    return requireRunning(write, task);
  });
}

/** Gives a run under way to another agent, because the first one cannot be started. */
export function reassignRun(scope: Scope, key: string, agent: string): Promise<RunView> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    await requireRunning(write, task);
    await reassign(write, task, agent);
    return requireRunning(write, task);
  });
}

/** The end of a run without a report. */
export interface RunAbandoned {
  readonly runId: string;
  readonly status: 'cancelled' | 'lost' | 'released';
  readonly reason: string;
  /** Millionths of a US dollar. */
  readonly costMicros?: number | undefined;
  /** Whether the agent could do nothing: a task that it was the first to start was not started. */
  readonly isIdle?: boolean;
}

/**
 * Ends a run without a report and frees its task. A run that others have ended stays as it is; a
 * claim that this session still holds then, on a task that was blocked say, is given up.
 */
export function abandonRun(scope: Scope, key: string, end: RunAbandoned): Promise<void> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const run = await runningOf(write, task.id);
    const isOurs = task.claim?.session === scope.worker.session;
    if (run?.id === end.runId || isOurs) await giveUp(write, task, end);
  });
}

/** Keeps what an agent reported after others had ended its run. */
export function keepReport(
  scope: Scope,
  key: string,
  { runId, report }: { readonly runId: string; readonly report: unknown },
): Promise<void> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const kept = await keepLateReport(write.db, runId, JSON.stringify(report) ?? 'null');
    if (kept === 0) return;
    write.record({ verb: 'reported_late', taskId: task.id, runId, key: task.key });
  });
}

/**
 * Takes a task and those below it back from orchestrators that have ended: their agents ended with
 * them. Reports stay, so the next step is the one that was under way.
 *
 * @returns keys of the tasks that are free again.
 */
export function recoverTasks(scope: Scope, key: string): Promise<readonly string[]> {
  return writeWorkspace(scope, { keys: [key], withRuns: true }, async (write) => {
    const root = await findTaskForWrite(write, key);
    const below = write.list.below(root.id).map(({ id }) => id);
    const tasks = await loadTasks(write, [root.id, ...below]);
    const held = tasks.filter(({ claim }) => claim?.session.startsWith(orchestratorPrefix));
    const sessions = await ask(
      write.db,
      sessionsByIds(held.flatMap(({ claim }) => claim?.session ?? [])),
    );
    await loadRuns(
      write,
      held.map(({ id }) => id),
    );
    const at = isoTime(write.at);
    const freed: string[] = [];
    for (const task of held) {
      const holder = sessions.find(({ id }) => id === task.claim?.session);
      if (task.claim === null || !isStale(task.claim, holder, { now: at, probe: scope.probe }))
        continue;
      await giveUp(write, task, { status: 'lost', reason: 'its orchestrator has ended' });
      if (task.status === 'in_progress') freed.push(task.key);
    }
    return freed;
  });
}

async function giveUp(
  write: Write,
  task: Task,
  { status, reason, costMicros, isIdle = false }: Omit<RunAbandoned, 'runId'>,
): Promise<void> {
  const current = write.list.task(task.id);
  if (current.status === 'blocked') dropClaim(write, current, reason);
  if (current.status !== 'in_progress') return;
  const run = isIdle ? await runningOf(write, task.id) : undefined;
  const isUnstarted = run !== undefined && run.startedAt === current.startedAt;
  await move(write, current, {
    verb: 'released',
    to: 'pending',
    change: { ...noClaim, ...(isUnstarted ? { started_at: null } : {}) },
    run: { status, error: reason, isOrphan: status === 'lost', isIdle, costMicros },
    detail: { reason },
  });
}

/**
 * Takes the claim off a blocked task. The task stays blocked; whoever unblocks it finds it free.
 */
function dropClaim(write: Write, task: Task, reason: string): void {
  write.list.change(task.id, noClaim);
  write.record({
    verb: 'released',
    taskId: task.id,
    key: task.key,
    old: { status: task.status, claim: task.claim },
    new: { status: task.status, claim: null, reason },
  });
}

async function requireRunning(write: Write, task: Task): Promise<RunView> {
  const run = await runningOf(write, task.id);
  if (run !== undefined) return viewRun(run, task.key);
  throw new DocketError('not_running', `no agent is at ${task.key}`, {
    hint: `docket show ${task.key}`,
  });
}
