import type { HeldTask, RecapAnswer, SessionRecap } from '../../model/answers/recap.ts';
import { gatherSessions, gatherTrees, type SessionWork } from '../../model/figures/recap.ts';
import { isStale, withAbsence } from '../../model/liveness.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import {
  type HeldRow,
  heldTasks,
  lastNotes,
  type NamedTask,
  namedTasks,
  pastEvents,
} from '../../store/queries/recap.ts';
import { entrySlugs } from '../../store/queries/stats.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { blockStarts } from '../../store/tables/blocks.ts';
import { type SessionRow, sessionsByIds } from '../../store/tables/sessions.ts';
import { tasksInQueue } from '../../store/tables/task-lists.ts';
import { tasksByIds } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { totalLimit } from './lists.ts';

/** The number of events that are read, the newest: thousands of tasks cost what a few do. */
export const recapEvents = 1_000;

/** The number of tasks that each part names; the others are counted. */
const named = { inProgress: 4, completed: 4, created: 3, others: 5, blocked: 6, ready: 5 } as const;

/**
 * The number of tasks in progress that are read to find those that no session of the recap holds.
 */
const othersRead = 50;

export interface RecapOptions {
  /** The number of sessions beside the one that asks. */
  readonly sessions: number;
}

/**
 * Reads what the last sessions of a workspace left: their tasks in progress, their results, and
 * what is next.
 */
export function recap(scope: Scope, { sessions: count }: RecapOptions): Promise<RecapAnswer> {
  return scope.store.read(async (db) => {
    const list = (queue: 'in_progress' | 'blocked' | 'ready', limit: number) =>
      tasksInQueue(db.dialect, scope.workspaceId, { queue, limit, countTo: totalLimit });
    const [at, events, inProgress, blocked, ready] = await ask(
      db,
      together(
        clock(db.dialect),
        pastEvents(scope.workspaceId, recapEvents + 1),
        list('in_progress', othersRead),
        list('blocked', named.blocked),
        list('ready', named.ready),
      ),
    );
    const looked = events.slice(0, recapEvents);
    const holding = new Set(inProgress.tasks.flatMap(({ claim }) => claim?.session ?? []));
    const works = gatherSessions(looked, { count, own: scope.worker.session, holders: holding });
    const sessionIds = works.map(({ session }) => session);
    const others = inProgress.tasks.filter(
      ({ claim }) => claim === null || !sessionIds.includes(claim.session),
    );
    const shownOthers = first(others, named.others);
    const holders = shownOthers.flatMap(({ claim }) => claim?.session ?? []);
    const [held, rows, notes, done, created, blockedSince, slugs] = await ask(
      db,
      together(
        heldTasks(sessionIds),
        sessionsByIds([...new Set([...sessionIds, ...holders])]),
        lastNotes(shownOthers.map(({ id }) => id)),
        tasksByIds(works.flatMap(({ completed }) => completed.slice(0, named.completed))),
        namedTasks([...new Set(works.flatMap((work) => work.created))]),
        blockStarts(blocked.tasks.map(({ id }) => id)),
        entrySlugs(scope.workspaceId),
      ),
    );
    const known: Known = {
      at,
      probe: scope.probe,
      slugs,
      sessions: new Map(rows.map((row) => [row.id, row])),
      tasks: new Map(done.map((task) => [task.id, task])),
      created: new Map(created.map((task) => [task.id, task])),
    };
    const own = held.filter(
      ({ task }) => task.workspaceId === scope.workspaceId && task.status === 'in_progress',
    );
    return {
      sessions: works.map((work) => tellSession(work, own, known)),
      othersInProgress: {
        total: Math.max(others.length, inProgress.total - own.length),
        tasks: shownOthers.flatMap((task) =>
          tellHeld(task, notes.get(task.id)?.text ?? null, known),
        ),
      },
      blocked: {
        total: blocked.total,
        tasks: blocked.tasks.map((task) => ({
          ...shortView(task, known),
          reason: task.blockedReason ?? '',
          since: blockedSince.get(task.id) ?? null,
        })),
      },
      ready: { total: ready.total, tasks: ready.tasks.map((task) => shortView(task, known)) },
      totalLimit,
      events: { lookedAt: looked.length, isCut: events.length > looked.length },
      at,
    };
  });
}

/** The rows of sessions and their tasks. */
interface Known {
  readonly at: string;
  readonly probe: Scope['probe'];
  /** The names of clients and projects by id. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly sessions: ReadonlyMap<string, SessionRow>;
  /** The tasks that the sessions completed. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** The tasks that the sessions created. */
  readonly created: ReadonlyMap<string, NamedTask>;
}

function tellSession(work: SessionWork, held: readonly HeldRow[], known: Known): SessionRecap {
  const { session, actor, lastAt } = work;
  const row = known.sessions.get(session);
  const endedAt = row?.endedAt ?? null;
  const isGone = isStale({ session, since: lastAt }, row, { now: known.at, probe: known.probe });
  const own = new Map(
    held
      .filter(({ task }) => task.claim?.session === session)
      .map(({ task, lastNote }) => [task, lastNote]),
  );
  return {
    session,
    actor,
    state: endedAt !== null ? 'ended' : isGone ? 'silent' : 'live',
    startedAt: row?.startedAt ?? null,
    lastActedAt: lastAt,
    endedAt,
    inProgress: {
      total: own.size,
      tasks: first([...own.keys()], named.inProgress).flatMap((task) =>
        tellHeld(task, own.get(task) ?? null, known),
      ),
    },
    ...tellResults(work, known),
  };
}

/** Describes a task that somebody holds, with its last note. */
function tellHeld(task: Task, lastNote: string | null, known: Known): HeldTask[] {
  const { at, probe, sessions } = known;
  const { claim } = task;
  if (claim === null) return [];
  const view = withAbsence(claim, sessions.get(claim.session), { now: at, probe });
  return [{ ...shortView(task, known), claim: view, lastNote }];
}

/** Describes the tasks that a session completed, and those it created that are still open. */
function tellResults(
  { completed, created }: SessionWork,
  known: Known,
): Pick<SessionRecap, 'completed' | 'created'> {
  const made = created.flatMap((id) => known.created.get(id) ?? []);
  const tops = gatherTrees(made).flatMap(({ id, below }) => {
    const task = known.created.get(id);
    return task === undefined || isClosed(task.status) ? [] : [{ task, below }];
  });
  return {
    completed: {
      total: completed.length,
      tasks: completed
        .slice(0, named.completed)
        .flatMap((id) => known.tasks.get(id) ?? [])
        .map((task) => ({
          ...shortView(task, known),
          outcome: task.outcome,
          completedAt: task.completedAt,
        })),
    },
    created: {
      total: created.length,
      tasks: tops.slice(0, named.created).map(({ task, below }) => ({
        ...shortView(task, known),
        status: task.status,
        createdBelow: below,
      })),
    },
  };
}

function shortView(
  { key, title, priority, clientId, projectId }: Omit<NamedTask, 'id' | 'parentId' | 'status'>,
  { slugs }: Known,
) {
  const slugOf = (id: string | null) => slugs.get(id ?? '') ?? null;
  return { key, title, priority, client: slugOf(clientId), project: slugOf(projectId) };
}

/** Picks the most urgent and oldest tasks. */
function first(tasks: readonly Task[], limit: number): readonly Task[] {
  return tasks
    .toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}
