import { addUp, type BillAnswer, type BillItem } from '../../model/billing/bill.ts';
import { type BillLine, openLines } from '../../model/billing/corrections.ts';
import { firstOfMonth, nextDay, parseDay, previousDay, requireOrder } from '../../model/day.ts';
import { DocketError } from '../../model/errors.ts';
import { amountOf } from '../../model/registry/money.ts';
import { dayOf, findTimeZone, requireTimeZone } from '../../model/time-zone.ts';
import type { Db } from '../../store/contract.ts';
import {
  type BilledWork,
  billItems,
  changedItems,
  insertInvoiceLines,
  invoicedLines,
  invoicedLinesOf,
} from '../../store/queries/bill.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, nothing, together } from '../../store/sql/request.ts';
import { workspaceIds } from '../../store/tables/workspaces.ts';
import { namedRequest, requireNamed } from '../registry/entries.ts';
import { clientKind } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';
import { storedTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';

export interface BillOptions {
  /** The name of a client; else all clients are billed. */
  readonly client?: string | undefined;
  /** Days, both included; by default from the first of the month to today. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The time zone that the days are of, whatever those of the clients are. */
  readonly timeZone?: string | undefined;
  /** The time zone for clients that have none; UTC by default. */
  readonly ownTimeZone?: string | undefined;
  /** Bills the work of every list in the database. A client of one slug is the same in each. */
  readonly allWorkspaces?: boolean | undefined;
}

/**
 * Adds up what was done for clients in some days, per client, project and day. A day is one of the
 * client's time zone. What was invoiced is as it was then; what changed since is a line by itself.
 *
 * @throws DocketError `invalid_input` (no day, the wrong order, no time zone), `not_found` (the client)
 */
export function readBill(scope: Scope, options: BillOptions): Promise<BillAnswer> {
  return scope.store.read(async (db) => {
    const { lines, ...bill } = options.allWorkspaces
      ? await readAllLines(db, scope, options)
      : await readLines(db, scope, options);
    return { ...bill, ...total(lines) };
  });
}

/** Reads the lines of every list; those that do not have the client bill nothing to it. */
async function readAllLines(
  db: Db,
  { workspaceId: own }: Pick<Scope, 'workspaceId'>,
  options: BillOptions,
): Promise<BillHead & { readonly lines: readonly DatedLine[] }> {
  const ids = await ask(db, workspaceIds());
  let bill: (BillHead & { readonly lines: readonly DatedLine[] }) | undefined;
  let refused: unknown;
  // The list that asks comes first: its client says whose days are billed.
  for (const workspaceId of [own, ...ids.filter((id) => id !== own)]) {
    const { from = options.from, to = options.to } = bill ?? {};
    try {
      const next = await readLines(db, { workspaceId }, { ...options, from, to });
      bill = { ...(bill ?? next), lines: [...(bill?.lines ?? []), ...next.lines] };
    } catch (error) {
      if (!(error instanceof DocketError) || error.code !== 'not_found') throw error;
      refused ??= error;
    }
  }
  if (bill === undefined) throw refused;
  return { ...bill, lines: inOrder(bill.lines) };
}

function inOrder(lines: readonly DatedLine[]): readonly DatedLine[] {
  return [...lines].sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}

/**
 * Marks what a bill has as invoiced, so that it stays as it is; what was invoiced before is left
 * out.
 *
 * @returns what is invoiced now.
 * @throws DocketError as `readBill` does
 */
export function invoiceWork(scope: Scope, options: BillOptions): Promise<BillAnswer> {
  return writeWorkspace(scope, {}, async (write) => {
    const { lines, ...bill } = await readLines(write.db, scope, options);
    const open = lines.filter(({ line }) => line.invoicedAt === null);
    const answer = { ...bill, ...total(open) };
    if (open.length === 0) return answer;
    write.send(
      ...insertInvoiceLines(
        open.map(({ line }) => ({ ...line, id: write.newId() })),
        {
          workspaceId: scope.workspaceId,
          at: write.at,
          by: scope.worker.actor,
          storedTime,
        },
      ),
    );
    const { client, from, to, minutes } = answer;
    write.record({
      verb: 'invoiced',
      taskId: null,
      new: { client, from, to, items: open.length, minutes },
    });
    await write.flush(nothing);
    return answer;
  });
}

/** A line with its day, one of a time zone. */
interface DatedLine {
  readonly line: BillLine;
  readonly day: string;
  readonly timeZone: string;
}

type BillHead = Pick<BillAnswer, 'from' | 'to' | 'timeZone' | 'client' | 'clientName'>;

/** Reads the lines of some days, sorted by day. */
async function readLines(
  db: Db,
  { workspaceId }: Pick<Scope, 'workspaceId'>,
  { client, ownTimeZone = 'UTC', ...options }: BillOptions,
): Promise<BillHead & { readonly lines: readonly DatedLine[] }> {
  const wanted =
    options.timeZone === undefined ? undefined : requireTimeZone(options.timeZone, '--time-zone');
  const [at, named] = await ask(
    db,
    together(
      clock(db.dialect),
      client === undefined
        ? known(undefined)
        : namedRequest(clientKind, { workspaceId, name: client }),
    ),
  );
  const billed =
    client === undefined
      ? undefined
      : await requireNamed(db, clientKind, { workspaceId, name: client, found: named });
  const zoneOf = (own: string | null | undefined) =>
    wanted ?? findTimeZone(own ?? '') ?? ownTimeZone;
  const timeZone = zoneOf(billed?.timeZone);
  const to = options.to === undefined ? dayOf(at, timeZone) : parseDay(options.to, '--to');
  const from = options.from === undefined ? firstOfMonth(to) : parseDay(options.from, '--from');
  requireOrder(from, to);
  // With a day more at both ends, as days begin and end at other times in other time zones.
  const period = {
    workspaceId,
    from: `${previousDay(from)} 00:00:00.000`,
    until: `${nextDay(nextDay(to))} 00:00:00.000`,
  };
  const [works, changed, invoiced] = await ask(
    db,
    together(
      billItems(db.dialect, { ...period, clientId: billed?.id }),
      changedItems(db.dialect, period),
      invoicedLines(db.dialect, period),
    ),
  );
  const open = [
    ...works.filter(({ isInvoiced }) => !isInvoiced).flatMap((work) => openLines(work, [])),
    ...(await correctionsOf(db, changed)),
  ];
  const dated = [...invoiced, ...open]
    .filter(({ clientId }) => billed === undefined || clientId === billed.id)
    .map((line) => {
      const own = zoneOf(line.timeZone);
      return { line, timeZone: own, day: dayOf(line.completedAt, own) };
    })
    .filter(({ day }) => day >= from && day <= to);
  const { slug = null, name = null } = billed ?? {};
  return { from, to, timeZone, client: slug, clientName: name, lines: inOrder(dated) };
}

/** Gives what changed of work that was invoiced. */
async function correctionsOf(db: Db, changed: readonly BilledWork[]): Promise<readonly BillLine[]> {
  const works = changed.filter(({ isInvoiced }) => isInvoiced);
  const lines = await ask(db, invoicedLinesOf(works.map(({ line }) => line.taskId)));
  const byTask = Map.groupBy(lines, ({ taskId }) => taskId);
  return works.flatMap((work) => openLines(work, byTask.get(work.line.taskId) ?? []));
}

function total(lines: readonly DatedLine[]) {
  const items = lines.map(toItem);
  return { items, ...addUp(items) };
}

function toItem({ line, day, timeZone }: DatedLine): BillItem {
  const { taskId: _, clientId: __, projectId: ___, completedAt: ____, ...work } = line;
  const { minutes, rate, currency } = work;
  // Rounded here, so that sums are those of the lines.
  const amount = rate === null || currency === null ? null : amountOf(minutes, rate);
  return { ...work, amount, day, timeZone };
}
