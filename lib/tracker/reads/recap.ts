import type { HeldTask, RecapAnswer, SessionRecap } from '../../model/answers/recap.ts';
import type { TaskView } from '../../model/answers/task.ts';
import { gatherSessions, gatherTrees, type SessionWork } from '../../model/figures/recap.ts';
import { isStale } from '../../model/liveness.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findHeldTasks, findLastNotes, findPastEvents } from '../../store/queries/recap.ts';
import { readClock } from '../../store/sql/clock.ts';
import { findBlockStarts } from '../../store/tables/blocks.ts';
import { findSessions, type SessionRow } from '../../store/tables/sessions.ts';
import { findStates } from '../../store/tables/task-states.ts';
import { findTasks, listQueue } from '../../store/tables/tasks.ts';
import type { Scope } from '../scope.ts';
import { viewTasks } from '../view/task.ts';
import { totalLimit } from './lists.ts';

/** So many events are looked at, the newest: thousands of tasks cost what a few do. */
export const recapEvents = 1_000;

/** Tasks that are named in each part; the others are counted. */
const named = { inProgress: 4, completed: 4, created: 3, others: 5, blocked: 6, ready: 5 } as const;

/** Tasks in progress that are read, to find those that no session of the recap holds. */
const othersRead = 50;

export interface RecapOptions {
  /** How many sessions beside the one that asks. */
  readonly sessions: number;
}

/** What the last sessions of a workspace left: what they have, what they did, what is next. */
export function recap(scope: Scope, { sessions: count }: RecapOptions): Promise<RecapAnswer> {
  return scope.store.read(async (db) => {
    const at = await readClock(db);
    const events = await findPastEvents(db, scope.workspaceId, recapEvents + 1);
    const looked = events.slice(0, recapEvents);
    const works = gatherSessions(looked, { count, own: scope.worker.session });
    const ids = works.map(({ session }) => session);
    const held = (await findHeldTasks(db, ids)).filter(
      ({ workspaceId, status }) => workspaceId === scope.workspaceId && status === 'in_progress',
    );
    const rows = new Map((await findSessions(db, ids)).map((row) => [row.id, row]));
    const sessions: SessionRecap[] = [];
    for (const work of works) {
      sessions.push({
        ...stateOf(work, rows.get(work.session), { at, scope }),
        inProgress: await holdings(db, scope, {
          tasks: held.filter(({ claim }) => claim?.session === work.session),
          limit: named.inProgress,
        }),
        ...(await results(db, scope, work)),
      });
    }
    return {
      sessions,
      ...(await rest(db, scope, held)),
      totalLimit,
      events: { lookedAt: looked.length, isCut: events.length > looked.length },
      at,
    };
  });
}

function stateOf(
  { session, actor, lastAt }: SessionWork,
  row: SessionRow | undefined,
  { at, scope }: { at: string; scope: Scope },
): Pick<SessionRecap, 'session' | 'actor' | 'state' | 'startedAt' | 'lastActedAt' | 'endedAt'> {
  const endedAt = row?.endedAt ?? null;
  const isGone = isStale({ session, since: lastAt }, row, { now: at, probe: scope.probe });
  return {
    session,
    actor,
    state: endedAt !== null ? 'ended' : isGone ? 'silent' : 'live',
    startedAt: row?.startedAt ?? null,
    lastActedAt: lastAt,
    endedAt,
  };
}

/** The most urgent of what somebody holds, with the last that was said of it. */
async function holdings(
  db: Db,
  scope: Scope,
  { tasks, limit }: { tasks: readonly Task[]; limit: number },
): Promise<{ total: number; tasks: HeldTask[] }> {
  const first = [...tasks].sort(byUrgency).slice(0, limit);
  const notes = await findLastNotes(
    db,
    first.map(({ id }) => id),
  );
  const views = await viewTasks(db, scope, first);
  return {
    total: tasks.length,
    tasks: views.flatMap(({ claim, ...view }) =>
      claim === null ? [] : [{ ...shortView(view), claim, lastNote: notes.get(view.id) ?? null }],
    ),
  };
}

/** What a session completed, and what is still open of what it made. */
async function results(
  db: Db,
  scope: Scope,
  work: SessionWork,
): Promise<Pick<SessionRecap, 'completed' | 'created'>> {
  const made = await inOrder(work.created, (ids) => findStates(db, ids));
  const open = new Set(made.filter(({ status }) => !isClosed(status)).map(({ id }) => id));
  const tops = gatherTrees(made)
    .filter(({ id }) => open.has(id))
    .slice(0, named.created);
  const done = work.completed.slice(0, named.completed);
  const ids = [...new Set([...done, ...tops.map(({ id }) => id)])];
  const views = new Map(
    (await viewTasks(db, scope, await findTasks(db, ids))).map((view) => [view.id, view]),
  );
  return {
    completed: {
      total: work.completed.length,
      tasks: done
        .flatMap((id) => views.get(id) ?? [])
        .map((view) => ({ ...shortView(view), outcome: view.outcome })),
    },
    created: {
      total: work.created.length,
      tasks: tops.flatMap(({ id, below }) => {
        const view = views.get(id);
        if (view === undefined) return [];
        return [{ ...shortView(view), status: view.status, createdBelow: below }];
      }),
    },
  };
}

/** What is not any of these sessions' own: the claims of others, what is blocked, what is next. */
async function rest(
  db: Db,
  scope: Scope,
  held: readonly Task[],
): Promise<Pick<RecapAnswer, 'othersInProgress' | 'blocked' | 'ready'>> {
  const list = (queue: 'in_progress' | 'blocked' | 'ready', limit: number) =>
    listQueue(db, scope.workspaceId, { queue, limit, countTo: totalLimit });
  const inProgress = await list('in_progress', othersRead);
  const heldIds = new Set(held.map(({ id }) => id));
  const others = inProgress.tasks.filter(({ id }) => !heldIds.has(id));
  const blocked = await list('blocked', named.blocked);
  const since = await findBlockStarts(
    db,
    blocked.tasks.map(({ id }) => id),
  );
  const ready = await list('ready', named.ready);
  return {
    othersInProgress: {
      ...(await holdings(db, scope, { tasks: others, limit: named.others })),
      total: Math.max(others.length, inProgress.total - held.length),
    },
    blocked: {
      total: blocked.total,
      tasks: blocked.tasks.map((task) => ({
        ...shortView(task),
        reason: task.blockedReason ?? '',
        since: since.get(task.id) ?? null,
      })),
    },
    ready: { total: ready.total, tasks: ready.tasks.map(shortView) },
  };
}

function shortView({ key, title, priority }: Pick<TaskView, 'key' | 'title' | 'priority'>) {
  return { key, title, priority };
}

function byUrgency(a: Task, b: Task): number {
  return a.priority - b.priority || (a.id < b.id ? -1 : 1);
}

/** Rows of many ids in the order of the ids: they are read in parts. */
async function inOrder<T extends { readonly id: string }>(
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const rows = new Map((await find(ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}
