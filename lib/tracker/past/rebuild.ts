import { DocketError } from '../../model/errors.ts';
import type { PastMoment } from '../../model/task/moment.ts';
import type { Db } from '../../store/contract.ts';
import { movedTable } from '../../store/moving/moved-tables.ts';
import { insertPage } from '../../store/moving/place-page.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import {
  type EventTime,
  eventsBetween,
  lastEventUntil,
  lastEventUntilSeq,
  linksBetween,
  linkTables,
  registryTables,
  tasksFrom,
  wholeTable,
} from '../../store/queries/past-source.ts';
import * as target from '../../store/queries/past-target.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import type { EventChange } from '../../store/tables/event-row.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';
import { beginRebuilding, type PastList, type Rebuilding, type Standing } from './rebuilding.ts';

/** Tasks and events that are read at first. Later pages have as many as a few megabytes hold. */
const firstPage = 500;
const pageLength = 4_000_000;

/**
 * Rebuilds the list of a workspace as it was at some moments: today's rows, from which the later
 * events are taken back one by one, the newest first. All of it is read in one transaction, page by
 * page, and kept in private databases that SQLite spills to disk, so that memory does not grow with
 * the list. Whatever reads a list reads such a one as well.
 *
 * @throws DocketError `not_found`: there is no such event yet
 */
export async function rebuildLists(
  scope: Scope,
  moments: readonly PastMoment[],
): Promise<readonly PastList[]> {
  const opened: Rebuilding[] = [];
  try {
    await scope.store.read(async (db) => {
      // A read that lost its connection begins anew.
      for (const each of opened.splice(0)) await each.store.close();
      const [now, workspace, events, first, ...registry] = await ask(
        db,
        together(
          clock(db.dialect),
          workspaceById(scope.workspaceId),
          together(...moments.map((moment) => lastEvent(scope.workspaceId, moment))),
          tasksFrom(scope.workspaceId, { after: '', size: firstPage }),
          ...registryTables.map((name) => wholeTable(name, scope.workspaceId)),
        ),
      );
      const newest = workspace?.seq ?? 0;
      for (const [index, moment] of moments.entries()) {
        const standing = standingOf(moment, { found: events[index], now, newest });
        opened.push(await beginRebuilding(scope, standing));
      }
      for (const { transaction, at } of opened) {
        const { id, slug } = workspace ?? { id: scope.workspaceId, slug: '' };
        await transaction.batch([
          target.insertWorkspaceRow({ id, slug }, storedTime(at)),
          ...registry.flatMap(({ table, rows }) => insertPage(table, rows)),
        ]);
      }
      const events0 = { before: newest + 1, after: Math.min(...opened.map(({ seq }) => seq)) };
      const pending = await copyTasks(db, scope.workspaceId, { first, opened, events: events0 });
      await takeBack(db, scope.workspaceId, { opened, ...events0, first: pending });
    });
    return await Promise.all(opened.map((each) => each.finish(scope)));
  } catch (error) {
    for (const each of opened) await each.store.close();
    throw error;
  }
}

function lastEvent(workspaceId: string, moment: PastMoment) {
  return 'event' in moment
    ? lastEventUntilSeq(workspaceId, moment.event)
    : lastEventUntil(workspaceId, storedTime(moment.time));
}

/** Says which event a moment stands after. A time that is still to come is now. */
function standingOf(
  moment: PastMoment,
  {
    found,
    now,
    newest,
  }: { readonly found: EventTime | undefined; readonly now: string; readonly newest: number },
): Standing {
  if ('time' in moment) {
    return { seq: found?.seq ?? 0, at: moment.time > now ? now : moment.time };
  }
  if (moment.event > newest) {
    throw new DocketError('not_found', `there is no event ${moment.event} yet`, {
      hint: `The newest is ${newest}; docket history KEY shows the numbers of a task's events`,
    });
  }
  return { seq: moment.event, at: found?.at ?? '1970-01-01T00:00:00.000Z' };
}

interface EventRange {
  readonly after: number;
  readonly before: number;
}

/** Copies the tasks as they are now, with their links, and reads the first events on the way. */
async function copyTasks(
  db: Db,
  workspaceId: string,
  {
    first,
    opened,
    events,
  }: {
    readonly first: readonly MovedRow[];
    readonly opened: readonly Rebuilding[];
    readonly events: EventRange;
  },
): Promise<readonly EventChange[]> {
  let page = first;
  let size = firstPage;
  let later: readonly EventChange[] | undefined;
  for (;;) {
    const ids = page.map(({ id }) => String(id));
    const range = { from: ids[0] ?? '', to: ids.at(-1) ?? '' };
    const isFull = page.length === size;
    size = sizeAfter(page);
    const [links, next, found] = await ask(
      db,
      together(
        together(...(ids.length === 0 ? [] : linkTables.map((name) => linksBetween(name, range)))),
        isFull ? tasksFrom(workspaceId, { after: range.to, size }) : known([]),
        later === undefined
          ? eventsBetween(workspaceId, { ...events, size: firstPage })
          : known(later),
      ),
    );
    later = found;
    for (const { transaction } of opened) {
      await transaction.batch([
        ...insertPage(movedTable('tasks'), page),
        ...linkTables.flatMap((name, index) => insertPage(movedTable(name), links[index] ?? [])),
      ]);
    }
    if (next.length === 0) return later;
    page = next;
  }
}

/** Gives how many rows like these a page may have. */
function sizeAfter(rows: readonly object[]): number {
  const length = rows.reduce((sum, row) => sum + lengthOf(row), 0);
  const average = length / Math.max(1, rows.length);
  return Math.max(100, Math.min(5_000, Math.floor(pageLength / Math.max(1, average))));
}

function lengthOf(row: object): number {
  return Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 8),
    0,
  );
}

/** Takes the later events back, the newest first, from each list those that are later than it. */
async function takeBack(
  db: Db,
  workspaceId: string,
  {
    first,
    opened,
    after,
    before,
  }: EventRange & {
    readonly first: readonly EventChange[];
    readonly opened: readonly Rebuilding[];
  },
): Promise<void> {
  let page = first;
  let size = firstPage;
  while (page.length > 0) {
    for (const event of page) {
      for (const each of opened) if (event.seq > each.seq) await each.undo(event);
    }
    const last = page.at(-1)?.seq ?? after;
    if (page.length < size) break;
    size = sizeAfter(page);
    page = await ask(db, eventsBetween(workspaceId, { after, before: last, size }));
  }
  for (const each of opened) each.count(before - 1);
}
