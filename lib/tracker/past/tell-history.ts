import type { HistoryAnswer, HistoryEvent } from '../../model/answers/history.ts';
import type { RunView } from '../../model/answers/run.ts';
import type { NoteView } from '../../model/answers/task.ts';
import type { Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import type { TaskEvent } from '../../store/queries/history.ts';
import type { NoteRow } from '../../store/tables/notes.ts';
import { totalLimit } from '../reads/lists.ts';
import { readValues, type Values } from '../undo/past-verb.ts';
import { viewNote } from '../view/note.ts';
import { viewRun } from '../view/run.ts';
import { type Known, knownOf, stepBack } from './changes.ts';
import { rewind } from './rewind.ts';

/** What a history is told of, wherever its rows are kept. */
export interface HistoryRows extends Pick<HistoryAnswer, 'formerKeys' | 'total' | 'at'> {
  /** The task, and what below it is told of. */
  readonly tasks: readonly [Task, ...(readonly Task[])];
  /** Newest first. */
  readonly events: readonly TaskEvent[];
  readonly notes: readonly NoteRow[];
  readonly runs: readonly Run[];
  /** The names of clients, projects and infrastructure by id. */
  readonly slugs: ReadonlyMap<string, string>;
  /** Titles by key, of what the tasks were linked to. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Tells what happened to tasks by their rows. */
export function tellHistory({ tasks, ...rows }: HistoryRows): HistoryAnswer {
  const { events, notes, runs, formerKeys, slugs, titles, total, at } = rows;
  const [{ key, title }] = tasks;
  const byId = new Map(tasks.map((each) => [each.id, each]));
  const keyOf = (id: string) => byId.get(id)?.key ?? '';
  const told: Told = {
    tasks: byId,
    slugs,
    notes: new Map(notes.map((note) => [note.id, viewNote(note, keyOf(note.taskId))])),
    runs: new Map(runs.map((run) => [run.id, viewRun(run, keyOf(run.taskId))])),
  };
  return {
    ...{ key, title, formerKeys },
    events: tellEvents(events, told),
    titles: Object.fromEntries(titles),
    ...{ total: Math.min(total, totalLimit), totalLimit, at },
  };
}

/** Gives the keys of what tasks were linked to, as events tell them. */
export function linkedKeys(events: readonly Pick<TaskEvent, 'oldValue' | 'newValue'>[]) {
  const targets = events.flatMap(({ oldValue, newValue }) =>
    [oldValue, newValue].map((value) => readValues(value).target),
  );
  return [...new Set(targets.filter((target): target is string => typeof target === 'string'))];
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
