import { DocketError } from '../../model/errors.ts';
import { isContainer, queueFor } from '../../model/task/container.ts';
import type { EventVerb } from '../../model/task/event-verbs.ts';
import { openBlockers } from '../../model/task/past-blocks.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { requireMove } from '../../model/task/transitions.ts';
import type { WriteStatement } from '../../store/sql/write.ts';
import { endBlock, insertBlock } from '../../store/tables/blocks.ts';
import { endInsights } from '../../store/tables/insights.ts';
import type { RunEnd } from '../../store/tables/runs.ts';
import { formerValues, type TaskChange } from '../../store/tables/task-row.ts';
import { affectsBilling } from '../derive/work-items.ts';
import { makeToken } from '../ids.ts';
import { keepTouched } from '../runs/keep-touched.ts';
import { finishRun, judgeWork, startRun } from '../runs/runs.ts';
import { readContext } from '../stored-json.ts';
import { storedTime } from '../stored-time.ts';
import type { Write } from '../write/write.ts';

/** One move of a leaf's status, as every verb but claim makes it. */
export interface StatusMove {
  /** The verb of the event. */
  readonly verb: EventVerb;
  readonly to: Status;
  readonly change: TaskChange;
  /** The end of the run under way, where the move ends one. */
  readonly run?: Omit<RunEnd, 'activeMs' | 'clock'>;
  /** What the event says beyond old and new status. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The columns beside status and claim that these verbs write: an event has their former values. */
const resultColumns = [
  ...(['blocked_reason', 'outcome', 'started_at', 'completed_at'] as const),
  ...(['billable_minutes', 'billable_minutes_by', 'task_context'] as const),
];

/** The columns of a task without a claim. */
export const noClaim = {
  claim_session_id: null,
  claim_agent_id: null,
  claim_actor: null,
  claimed_at: null,
  claim_branch: null,
} as const satisfies TaskChange;

/**
 * Moves a task to another status.
 *
 * @throws DocketError `invalid_transition`
 */
export async function move(write: Write, task: Task, step: StatusMove): Promise<void> {
  requireMove(task.key, task.status, step.to);
  write.list.change(task.id, { status: step.to, ...queueFor(step.to), ...step.change });
  const { runId, ...judged } = await followRun(write, task, step);
  followBlock(write, task, step);
  write.record({
    verb: step.verb,
    taskId: task.id,
    runId,
    key: task.key,
    old: {
      status: task.status,
      ...(task.claim === null ? {} : { claim: task.claim }),
      ...formerValues(task, step.change, resultColumns),
      ...judged,
    },
    new: { status: step.to, ...step.detail },
  });
  write.statusChanged(task.id);
  if (affectsBilling(task, step.to)) write.billingChanged(task.id);
}

/**
 * Ends the run under way, or begins the holder's next one.
 *
 * @returns the id of that run, or how a run that is judged now was judged before.
 */
async function followRun(write: Write, task: Task, step: StatusMove) {
  if (step.run !== undefined) {
    const run = await finishRun(write, task.id, step.run);
    keepTouched(write, task.id);
    return { runId: run?.id };
  }
  if (isClosed(task.status)) {
    const before = await judgeWork(write, task.id, 'rejected');
    return before === undefined ? {} : { judged: { run: before.id, verdict: before.verdict } };
  }
  if (step.to !== 'in_progress' || task.claim === null) return {};
  return { runId: (await startRun(write, task, { worker: task.claim })).id };
}

function followBlock(write: Write, task: Task, { to, change }: StatusMove): void {
  const { at } = write;
  if (task.status === 'blocked') write.send(endBlock(task.id, at), ...endOfFacts(write, task));
  if (to !== 'blocked') return;
  const reason = String(change.blocked_reason ?? '');
  const { id: taskId, workspaceId } = task;
  write.send(insertBlock({ id: write.newId(), workspaceId, taskId, reason, at }));
}

/** Takes the insights out of use that a report made of the blockers of a block. */
function endOfFacts({ at }: Write, task: Task): readonly WriteStatement[] {
  const { id: taskId, workspaceId, createdAt, blockedReason } = task;
  const bodies = openBlockers(readContext(task.context), blockedReason ?? '');
  if (bodies.length === 0) return [];
  const of = { workspaceId, taskId, since: storedTime(createdAt) };
  return [endInsights(of, { bodies, revision: makeToken(), at })];
}

/**
 * Refuses a container, whose status follows its subtasks.
 *
 * @throws DocketError `is_container`
 */
export function requireLeaf(task: Task): void {
  if (!isContainer(task)) return;
  throw new DocketError('is_container', `${task.key} has subtasks; its status follows theirs`, {
    hint: `docket show ${task.key}`,
  });
}
