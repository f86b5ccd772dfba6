import { DocketError } from '../../model/errors.ts';
import { isContainer } from '../../model/task/container.ts';
import type { Worker } from '../../model/task/task.ts';
import { sessionTag, spellActor } from '../../model/worker.ts';
import type { LaterEvent } from '../../store/tables/events.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { Write } from '../write/write.ts';
import type { PastEvent } from './past-verb.ts';

/** The events after which a task still stands as it did. */
const harmless: ReadonlySet<string> = new Set(['noted', 'billed', 'unbilled', 'reported_late']);

/** The verbs by which a container follows its subtasks. */
const follows: ReadonlySet<string> = new Set([
  ...['started', 'blocked', 'unblocked', 'completed', 'cancelled', 'reopened'],
]);

/** The verbs whose own fields tell whether they still hold. */
const selfEvident: ReadonlySet<string> = new Set(['updated', 'scheduled', 'linked', 'unlinked']);

/** What has happened since the verb that is undone. */
export interface Since {
  /** The later events of its tasks, without those that are settled. */
  readonly later: readonly LaterEvent[];
  /** The ids of the tasks that it made. */
  readonly created: ReadonlySet<string>;
}

/**
 * Refuses to undo an event whose task others have changed since.
 *
 * @throws DocketError `conflict` with what changed.
 */
export function requireUnchanged(write: Write, event: PastEvent, since: Since): void {
  const { taskId, verb, key, isDerived } = event;
  if (isDerived || selfEvident.has(verb)) return;
  const task = write.list.state(taskId);
  const isCreated = verb === 'created';
  const [changed] = changesOf(event, since).filter(
    (each) => !(isCreated && isContainer(task) && follows.has(each.verb)),
  );
  if (changed !== undefined) {
    throw conflict(`${key} has changed since: ${spell(changed)} ${changed.verb} it`, key);
  }
  if (isCreated) requireUnused(write, event, since);
  else if (isContainer(task)) throw conflict(`${key} has subtasks since`, key);
}

/** Gives the later events of the same task that count. */
export function changesOf({ taskId }: PastEvent, { later }: Since): readonly LaterEvent[] {
  return later.filter((each) => each.taskId === taskId && !harmless.has(each.verb));
}

/** Refuses to cancel a new task that others build on by now, or that changed what its parent is. */
function requireUnused({ list }: Write, { taskId, key }: PastEvent, { created }: Since): void {
  const added = list.subtasksOf(taskId).find(({ id }) => !created.has(id));
  if (added !== undefined) throw conflict(`${added.key} was added to ${key} since`, key);
  const needing = list.dependentsOf(taskId).find((each) => !created.has(each.taskId));
  if (needing !== undefined) throw conflict(`${needing.key} needs ${key} by now`, needing.key);
  const { parentId } = list.state(taskId);
  if (parentId === null || created.has(parentId)) return;
  // One that was made later and is cancelled, by an undo perhaps, leaves the parent with nothing.
  const keeps = ({ id, status }: TaskState) => status !== 'cancelled' || id < taskId;
  if (list.subtasksOf(parentId).some((each) => !created.has(each.id) && keeps(each))) return;
  const parent = list.state(parentId).key;
  throw new DocketError('conflict', `${parent} has become a container with ${key}, and stays one`, {
    hint: `docket cancel ${key} cancels the subtask, and ${parent} with it where no other is left`,
  });
}

function conflict(message: string, key: string): DocketError {
  return new DocketError('conflict', message, { hint: `docket log ${key}` });
}

function spell({ actor, session }: Worker): string {
  return `${spellActor(actor)}${sessionTag(session)}`;
}
