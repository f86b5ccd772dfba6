import { verdicts } from '../../model/run/run.ts';
import { queueFor } from '../../model/task/container.ts';
import { isClosed, type Status, statuses } from '../../model/task/status.ts';
import type { Claim, Task } from '../../model/task/task.ts';
import { endBlock, insertBlock } from '../../store/tables/blocks.ts';
import { resumeInsights } from '../../store/tables/insights.ts';
import { judgeRun } from '../../store/tables/runs.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import { affectsBilling } from '../derive/work-items.ts';
import { makeToken } from '../ids.ts';
import { removeRun, reviveRun } from '../runs/runs.ts';
import { storedTime } from '../stored-time.ts';
import { noClaim } from '../tasks/change-status.ts';
import { taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { formerColumns } from './former-columns.ts';
import { type PastEvent, undoneVerb, type Values } from './past-verb.ts';

/** The verbs that begin the run of their event; others end it. */
const beginning: ReadonlySet<string> = new Set(['claimed', 'stolen', 'unblocked', 'resumed']);

/**
 * Gives a task the status, the claim and the results back that it had before an event, with its run
 * and its block. What follows from that is derived.
 *
 * @param detail what the new event says of the one that it undoes
 */
export async function restoreStatus(
  write: Write,
  event: PastEvent,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { list, at } = write;
  const task = list.task(event.taskId);
  const status = readStatus(event.old) ?? task.status;
  const claim = readClaim(event.old);
  const former = formerColumns(task, event.old);
  const wasClosed = isClosed(status);
  list.change(task.id, {
    ...former,
    ...{ status, completed_at: wasClosed ? (former.completed_at ?? at) : null },
    ...(event.isDerived ? {} : { ...queueFor(status), ...claimColumns(claim) }),
  });
  const runId = await restoreRuns(write, event, claim);
  if (!event.isDerived) restoreBlock(write, task, { status, since: event.at });
  write.record({
    verb: undoneVerb,
    taskId: task.id,
    runId,
    key: task.key,
    old: { status: task.status, ...(task.claim === null ? {} : { claim: task.claim }) },
    new: { status, ...(event.isDerived ? { followed: 'subtasks' } : { claim }), ...detail },
  });
  write.statusChanged(task.id);
  if (event.isDerived) write.containersChanged.add(task.id);
  if (affectsBilling(task, status)) write.billingChanged(task.id);
}

/**
 * Removes the run that an event began, and lets the one go on that it ended.
 *
 * @returns the id of the run that goes on.
 */
async function restoreRuns(
  write: Write,
  { verb, taskId, runId, old }: PastEvent,
  claim: Claim | null,
): Promise<string | undefined> {
  const runs = await taskRuns(write, taskId);
  const own = runs.find(({ id }) => id === runId);
  const isBegun = beginning.has(verb);
  if (own !== undefined && isBegun) await removeRun(write, own);
  restoreVerdict(write, taskId, old);
  const lost = (each: (typeof runs)[number]) =>
    each.status === 'lost' && each.session === claim?.session && each.agentId === claim.agent;
  const ended = isBegun ? (own && verb === 'stolen' ? runs.findLast(lost) : undefined) : own;
  if (ended === undefined || ended.status === 'running') return undefined;
  await reviveRun(write, ended);
  return ended.id;
}

/** Judges a result again as it was before a reopening. */
function restoreVerdict(write: Write, taskId: string, { judged }: Values): void {
  if (typeof judged !== 'object' || judged === null) return;
  const { run: id, verdict: before }: Values = { ...judged };
  const run = write.runs.find(taskId)?.find((each) => each.id === id);
  if (run === undefined) return;
  const verdict = verdicts.find((each) => each === before) ?? null;
  write.send(judgeRun(run.id, verdict));
  write.runs.replace({ ...run, verdict });
}

/** Begins or ends a block again, with the insights that ended with it. */
function restoreBlock(
  write: Write,
  task: Task,
  { status, since: endedAt }: { readonly status: Status; readonly since: string },
): void {
  const { at } = write;
  const { id: taskId, workspaceId, createdAt } = task;
  if (task.status === 'blocked' && status !== 'blocked') write.send(endBlock(taskId, at));
  if (task.status === 'blocked' || status !== 'blocked') return;
  const reason = write.list.task(taskId).blockedReason ?? '';
  const of = { workspaceId, taskId, since: storedTime(createdAt) };
  write.send(
    insertBlock({ id: write.newId(), workspaceId, taskId, reason, at }),
    resumeInsights(of, { endedAt, revision: makeToken(), at }),
  );
}

function readStatus({ status }: Values): Status | undefined {
  return statuses.find((each) => each === status);
}

function readClaim({ claim }: Values): Claim | null {
  if (typeof claim !== 'object' || claim === null) return null;
  const { session, agent, actor, since, branch }: Values = { ...claim };
  const fields = [session, agent, actor, since];
  if (!fields.every((field) => typeof field === 'string')) return null;
  const place = typeof branch === 'string' ? { branch } : {};
  return { session, agent, actor, since, ...place } as Claim;
}

function claimColumns(claim: Claim | null): TaskChange {
  if (claim === null) return noClaim;
  return {
    claim_session_id: claim.session,
    claim_agent_id: claim.agent,
    claim_actor: claim.actor,
    claimed_at: storedTime(claim.since),
    claim_branch: claim.branch ?? null,
  };
}
