import { DocketError } from '../../model/errors.ts';
import type { PastMoment } from '../../model/task/moment.ts';
import {
  type EventTime,
  lastEventUntil,
  lastEventUntilSeq,
  registryTables,
  tasksFrom,
  wholeTable,
} from '../../store/queries/past-source.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';
import { copyArchived } from './copy-archived.ts';
import { copyList, firstPage } from './copy-list.ts';
import {
  beginRebuilding,
  type Now,
  type PastList,
  type Rebuilding,
  type Standing,
} from './rebuilding.ts';

/**
 * Rebuilds the list of a workspace as it was at a moment, lets `look` read it and drops it: today's
 * rows, and those archived since, from which the later events are taken back one by one, the newest
 * first. All of it is read in one transaction, page by page, and kept in a private database that
 * SQLite spills to disk, so that memory does not grow with the list. Whatever reads a list reads such
 * a one as well.
 *
 * @throws DocketError `not_found`: there is no such event yet
 */
export async function lookBack<T>(
  scope: Scope,
  moment: PastMoment,
  look: (past: PastList) => Promise<T>,
): Promise<T> {
  const { rebuilding, standings } = await rebuild(scope, [moment]);
  try {
    const past = await rebuilding.goBack(standingAt(standings, 0));
    await rebuilding.leaveOutArchived();
    return await look(past);
  } finally {
    await rebuilding.close();
  }
}

/**
 * Rebuilds a list as `lookBack` does, at some moments one after the other, the latest first. What was
 * archived after the first moment is told wherever it was.
 *
 * @throws DocketError `not_found`; `invalid_input`: a moment is after the one before it
 */
export async function lookBackWithArchived<T>(
  scope: Scope,
  moments: readonly PastMoment[],
  look: (past: PastList, index: number) => Promise<T>,
): Promise<readonly T[]> {
  const { rebuilding, standings } = await rebuild(scope, moments);
  try {
    const found: T[] = [];
    for (const index of moments.keys()) {
      found.push(await look(await rebuilding.goBack(standingAt(standings, index)), index));
    }
    return found;
  } finally {
    await rebuilding.close();
  }
}

function standingAt(standings: readonly Standing[], index: number): Standing {
  const standing = standings[index];
  if (standing === undefined) throw new Error('each moment has a standing');
  return standing;
}

interface Rebuilt {
  readonly rebuilding: Rebuilding;
  readonly standings: readonly Standing[];
}

/** Reads all that the list was made of at and since the earliest of some moments. */
function rebuild(scope: Scope, moments: readonly PastMoment[]): Promise<Rebuilt> {
  const { workspaceId } = scope;
  return scope.store.read(async (db) => {
    const [at, workspace, events, first, ...registry] = await ask(
      db,
      together(
        clock(db.dialect),
        workspaceById(workspaceId),
        together(...moments.map((moment) => lastEvent(workspaceId, moment))),
        tasksFrom(workspaceId, { after: '', size: firstPage }),
        ...registryTables.map((name) => wholeTable(name, workspaceId)),
      ),
    );
    const now = { at, newest: workspace?.seq ?? 0 };
    requireThere(moments, now);
    const { slug = '' } = workspace ?? {};
    const rebuilding = await beginRebuilding(scope, { workspace: { id: workspaceId, slug }, now });
    try {
      await rebuilding.addRows(
        registry.flatMap(({ table, rows }) => rows.map((row) => ({ table, row }))),
      );
      // What happened last until a moment may be archived, and is known once that is read.
      const after = Math.min(...events.map((found) => found?.seq ?? 0));
      const { archivedKeys } = await copyList(db, rebuilding, {
        ...{ workspaceId, first, events: { after, before: now.newest + 1 } },
        hasArchive: (workspace?.archivedSeq ?? 0) > 0,
      });
      await copyArchived(db, rebuilding, { workspaceId, keys: archivedKeys, after });
      const standings: Standing[] = [];
      for (const [index, moment] of moments.entries()) {
        const archived = await rebuilding.lastArchived(moment);
        standings.push(standingOf(moment, later(events[index], archived), now));
      }
      requireLatestFirst(standings);
      return { rebuilding, standings };
    } catch (error) {
      await rebuilding.close();
      throw error;
    }
  });
}

function later(one: EventTime | undefined, other: EventTime | undefined): EventTime | undefined {
  return (one?.seq ?? 0) > (other?.seq ?? 0) ? one : other;
}

function lastEvent(workspaceId: string, moment: PastMoment) {
  return 'event' in moment
    ? lastEventUntilSeq(workspaceId, moment.event)
    : lastEventUntil(workspaceId, storedTime(moment.time));
}

/** Says which event a moment stands after. A time that is still to come is now. */
function standingOf(moment: PastMoment, found: EventTime | undefined, { at: now }: Now): Standing {
  if ('time' in moment) {
    return { seq: found?.seq ?? 0, at: moment.time > now ? now : moment.time };
  }
  return { seq: moment.event, at: found?.at ?? '1970-01-01T00:00:00.000Z' };
}

function requireThere(moments: readonly PastMoment[], { newest }: Now): void {
  const ahead = moments.flatMap((moment) =>
    'event' in moment && moment.event > newest ? [moment.event] : [],
  );
  if (ahead.length === 0) return;
  throw new DocketError('not_found', `there is no event ${ahead[0]} yet`, {
    hint: `The newest is ${newest}; docket history KEY shows the numbers of a task's events`,
  });
}

function requireLatestFirst(standings: readonly Standing[]): void {
  const isLater = standings.some(({ seq }, index) => seq > (standings[index - 1]?.seq ?? seq));
  if (!isLater) return;
  throw new DocketError('invalid_input', 'the first moment is after the second', {
    hint: 'docket diff yesterday tells what changed since then',
  });
}
