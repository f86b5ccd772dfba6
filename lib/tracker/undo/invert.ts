import { DocketError } from '../../model/errors.ts';
import { isContainer } from '../../model/task/container.ts';
import { renameRun } from '../../store/tables/runs.ts';
import { changeableValues } from '../../store/tables/task-row.ts';
import { markRootBilling } from '../derive/work-items.ts';
import { move } from '../tasks/change-status.ts';
import { addLink, isLinked, type Link, removeLink } from '../tasks/link.ts';
import { findOtherTask } from '../view/find.ts';
import { runningOf } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { formerColumns } from './former-columns.ts';
import { type PastEvent, undoneVerb } from './past-verb.ts';
import { changesOf, type Since } from './require-unchanged.ts';
import { restoreStatus } from './restore-status.ts';

/** The outcome of a task that was made by mistake. */
const undoneOutcome = 'undone';

const linkTypes = ['blocks', 'related', 'discovered_from'] as const;

/** An event that is undone, with what the undo's own events say of it. */
export interface Undoing {
  readonly event: PastEvent;
  /** The fields of the new event: the number and the name of the verb that it undoes. */
  readonly detail: { readonly undoes: number; readonly verb: string };
  readonly since: Since;
}

/**
 * Brings back what one event has changed, and records that. The events of a verb are undone newest
 * first.
 *
 * @throws DocketError `conflict` when the event's fields no longer hold, `cycle`
 */
export async function invert(write: Write, undoing: Undoing): Promise<void> {
  const { event, since, detail } = undoing;
  switch (event.verb) {
    case 'created':
      return cancelCreated(write, undoing);
    case 'updated':
    case 'scheduled':
      return restoreFields(write, undoing);
    case 'reassigned':
      return restoreAgent(write, undoing);
    case 'linked':
    case 'unlinked':
      return invertLink(write, undoing);
    default:
      // A container that others have led on since follows its subtasks by itself.
      if (event.isDerived && changesOf(event, since).length > 0) return;
      return restoreStatus(write, event, detail);
  }
}

/** Cancels a new task; a new container follows its subtasks. */
async function cancelCreated(write: Write, { event, detail }: Undoing): Promise<void> {
  const task = write.list.task(event.taskId);
  if (isContainer(task)) return;
  await move(write, task, {
    verb: undoneVerb,
    to: 'cancelled',
    change: { completed_at: write.at, outcome: undoneOutcome },
    detail,
  });
}

function restoreFields(write: Write, { event, detail }: Undoing): void {
  const task = write.list.task(event.taskId);
  const now: Readonly<Record<string, unknown>> = changeableValues(task);
  const changed = Object.entries(event.new).find(([field, value]) => now[field] !== value);
  if (changed !== undefined) {
    throw new DocketError('conflict', `${task.key} has another ${changed[0]} by now`, {
      hint: `docket log ${task.key}`,
    });
  }
  const columns = formerColumns(task, event.old);
  write.list.change(task.id, columns);
  write.record({
    verb: undoneVerb,
    taskId: task.id,
    key: task.key,
    old: event.new,
    new: { ...columns, ...detail },
  });
  if (columns.not_before !== undefined) write.dependenciesChanged(task.id);
  if (task.clientId !== null) markRootBilling(write, task);
}

async function restoreAgent(write: Write, { event, detail }: Undoing): Promise<void> {
  const { agent } = event.old;
  const task = write.list.task(event.taskId);
  write.list.change(task.id, formerColumns(task, event.old));
  const run = await runningOf(write, task.id);
  if (run !== undefined && typeof agent === 'string') {
    write.send(renameRun(run.id, agent));
    write.runs.replace({ ...run, agent });
  }
  write.record({
    verb: undoneVerb,
    taskId: task.id,
    runId: run?.id,
    key: task.key,
    old: event.new,
    new: { agent, ...detail },
  });
}

async function invertLink(write: Write, { event, detail, since }: Undoing): Promise<void> {
  const { type, target: targetKey } = event.verb === 'linked' ? event.new : event.old;
  const known = linkTypes.find((each) => each === type);
  if (known === undefined || typeof targetKey !== 'string') return;
  const task = write.list.state(event.taskId);
  const target = await findOtherTask(write, targetKey);
  // What a cancelled task needs, or was found in, does no harm.
  if (since.created.has(task.id) || since.created.has(target.id)) return;
  const link: Link = { task, target, type: known };
  if (event.verb === 'linked' && !isLinked(write, link)) {
    const what =
      type === 'blocks' ? `needs ${target.key} no more` : `lost its link to ${target.key}`;
    throw new DocketError('conflict', `${task.key} ${what}: others have removed that since`, {
      hint: `docket log ${task.key}`,
    });
  }
  if (event.verb === 'linked') removeLink(write, link);
  else await addLink(write, link);
  const { key, id: taskId } = task;
  write.record({ verb: undoneVerb, taskId, key, new: { ...detail, type, target: targetKey } });
}
