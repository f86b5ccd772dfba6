import type { HistoryAnswer, HistoryEvent } from '../../model/answers/history.ts';
import type { RunView } from '../../model/answers/run.ts';
import type { NoteView } from '../../model/answers/task.ts';
import type { Task } from '../../model/task/task.ts';
import {
  allSlugs,
  countEventsOfTasks,
  eventsOfTasks,
  formerKeysOf,
  type TaskEvent,
} from '../../store/queries/history.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { dependenciesOfKeys } from '../../store/tables/dependencies.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow, titlesByKeys } from '../../store/tables/task-lookups.ts';
import { totalLimit } from '../reads/lists.ts';
import type { Scope } from '../scope.ts';
import { readValues, type Values } from '../undo/past-verb.ts';
import { findTaskWith } from '../view/find.ts';
import { viewNote } from '../view/note.ts';
import { viewRun } from '../view/run.ts';
import { type Known, knownOf, stepBack } from './changes.ts';
import { rewind } from './rewind.ts';

/**
 * Reads what happened to a task, and with `all` to everything below it now: each event with what it
 * changed, the note that it added and the run that it began or ended. Events belong to the task, so
 * that they are there whatever key it had.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readHistory(
  scope: Scope,
  { key, all, limit }: { readonly key: string; readonly all: boolean; readonly limit: number },
): Promise<HistoryAnswer> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const { task, more: below } = await findTaskWith(db, {
      workspaceId,
      text: key,
      more: tasksBelow,
    });
    const tasks = all ? [task, ...below] : [task];
    const ids = tasks.map(({ id }) => id);
    const [events, total, notes, runs, formerKeys, slugs, links, at] = await ask(
      db,
      together(
        eventsOfTasks(ids, limit),
        countEventsOfTasks(ids, totalLimit),
        notesOf(ids),
        runsOf(db.dialect, ids),
        formerKeysOf([task.id]),
        allSlugs(task.workspaceId),
        dependenciesOfKeys(tasks.map((each) => each.key)),
        clock(db.dialect),
      ),
    );
    const titles = new Map(links.map((link) => [link.key, link.title]));
    // What is linked no more is asked for by its key.
    const others = events.flatMap(({ oldValue, newValue }) =>
      [oldValue, newValue].map(readValues).flatMap(({ target }) => target ?? []),
    );
    const unnamed = others.filter(
      (other): other is string => typeof other === 'string' && !titles.has(other),
    );
    const further = await ask(db, titlesByKeys([...new Set(unnamed)]));
    const byId = new Map(tasks.map((each) => [each.id, each]));
    const keyOf = (id: string) => byId.get(id)?.key ?? '';
    const told: Told = {
      tasks: byId,
      slugs,
      notes: new Map(notes.map((note) => [note.id, viewNote(note, keyOf(note.taskId))])),
      runs: new Map(runs.map((run) => [run.id, viewRun(run, keyOf(run.taskId))])),
    };
    return {
      key: task.key,
      title: task.title,
      formerKeys: formerKeys.map((each) => each.key),
      events: tellEvents(events, told),
      titles: Object.fromEntries([...titles, ...further]),
      total: Math.min(total, totalLimit),
      totalLimit,
      at,
    };
  });
}

interface Told {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly slugs: ReadonlyMap<string, string>;
  readonly notes: ReadonlyMap<string, NoteView>;
  readonly runs: ReadonlyMap<string, RunView>;
}

/** Tells events, which come newest first, oldest first: from each task as it is now backwards. */
function tellEvents(events: readonly TaskEvent[], told: Told): HistoryEvent[] {
  const known = new Map([...told.tasks].map(([id, task]) => [id, knownOf(task)]));
  return events.map((event) => tellEvent(event, { known, told })).toReversed();
}

function tellEvent(
  event: TaskEvent,
  { known, told }: { readonly known: ReadonlyMap<string, Known>; readonly told: Told },
): HistoryEvent {
  const { seq, taskId, verb, actor, session, agent, createdAt } = event;
  const task = told.tasks.get(taskId);
  const value = readValues(event.newValue);
  const changes: HistoryEvent['changes'] = [];
  const notKnown: string[] = [];
  for (const step of rewind(event)) {
    const of = known.get(step.taskId);
    if (of === undefined) continue;
    if (step.kind === 'infrastructure') of.infrastructure ??= namesIn(value.infrastructure);
    const found = stepBack(of, step, told.slugs);
    if (step.taskId !== taskId) continue;
    changes.push(...found);
    if (step.kind === 'not known') notKnown.push(...step.fields);
  }
  return {
    ...{ seq, task: task?.key ?? '', title: task?.title ?? '', verb },
    ...{ actor, session, agent, createdAt, changes, notKnown },
    details: detailsOf(verb === 'unlinked' ? readValues(event.oldValue) : value),
    note: told.notes.get(String(value.note)) ?? null,
    runs: runsIn(event, task?.key, told.runs),
  };
}

/** Gives the run of an event, and first the one that ended where it began another. */
function runsIn(
  { runId, createdAt, verb }: TaskEvent,
  key: string | undefined,
  runs: Told['runs'],
): RunView[] {
  const own = runs.get(runId ?? '');
  const isNext = own !== undefined && own.startedAt === createdAt && verb !== 'claimed';
  const ended = isNext
    ? [...runs.values()].filter(
        ({ id, task, finishedAt }) => id !== own.id && task === key && finishedAt === createdAt,
      )
    : [];
  return [...ended, ...(own === undefined ? [] : [own])];
}

function namesIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** The fields of an event that its changes tell. */
const asChanges: ReadonlySet<string> = new Set([
  ...['status', 'claim', 'note', 'was', 'session', 'key', 'parent', 'title', 'description'],
  ...['task_type', 'priority', 'estimated_complexity', 'estimated_minutes', 'assigned_agent'],
  ...['due', 'not_before', 'labels', 'blocked_reason', 'client', 'project', 'infrastructure'],
  ...['billable', 'billable_minutes', 'billable_minutes_by', 'task_context', 'outcome', 'agent'],
]);

function detailsOf(value: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !asChanges.has(name)));
}
