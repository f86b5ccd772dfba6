import { addUp, type BillAnswer, type BillItem } from '../../model/billing/bill.ts';
import { firstOfMonth, nextDay, parseDay, previousDay, requireOrder } from '../../model/day.ts';
import { amountOf } from '../../model/registry/money.ts';
import { dayOf, findTimeZone, requireTimeZone } from '../../model/time-zone.ts';
import { type BilledWork, billItems } from '../../store/queries/bill.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import { namedRequest, requireNamed } from '../registry/entries.ts';
import { clientKind } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';

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
}

/**
 * Adds up what was done for clients in some days, per client and project. A day is one of the
 * client's time zone.
 *
 * @throws DocketError `invalid_input` (no day, the wrong order, no time zone), `not_found` (the client)
 */
export function readBill(scope: Scope, { client, ...options }: BillOptions): Promise<BillAnswer> {
  const { ownTimeZone = 'UTC' } = options;
  return scope.store.read(async (db) => {
    const wanted =
      options.timeZone === undefined ? undefined : requireTimeZone(options.timeZone, '--time-zone');
    const { workspaceId } = scope;
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
    const works = await ask(
      db,
      billItems(db.dialect, {
        workspaceId,
        clientId: billed?.id,
        from: `${previousDay(from)} 00:00:00.000`,
        until: `${nextDay(nextDay(to))} 00:00:00.000`,
      }),
    );
    const items = works
      .map((work) => toItem(work, zoneOf(work.timeZone)))
      .filter(({ day }) => day >= from && day <= to)
      .sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
    const { slug = null, name = null } = billed ?? {};
    return { from, to, timeZone, client: slug, clientName: name, items, ...addUp(items) };
  });
}

function toItem({ completedAt, ...work }: BilledWork, timeZone: string): BillItem {
  const { minutes, rate, currency } = work;
  // Rounded here, so that sums are those of the lines.
  const amount = rate === null || currency === null ? null : amountOf(minutes, rate);
  return { ...work, amount, day: dayOf(completedAt, timeZone), timeZone };
}
