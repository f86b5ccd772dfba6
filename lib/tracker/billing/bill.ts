import { addUp, type BillAnswer } from '../../model/billing/bill.ts';
import { firstOfMonth, nextDay, parseDay, requireOrder } from '../../model/day.ts';
import { billItems } from '../../store/queries/bill.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import { namedRequest, requireNamed } from '../registry/entries.ts';
import { clientKind } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';

export interface BillOptions {
  /** The name of a client; else all clients are billed. */
  readonly client?: string | undefined;
  /** Days in UTC, both included; by default from the first of the month to today. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Adds up what was done for clients in some days, per client and project.
 *
 * @throws DocketError `invalid_input` (no day, the wrong order), `not_found` (the client)
 */
export function readBill(scope: Scope, { client, ...days }: BillOptions): Promise<BillAnswer> {
  return scope.store.read(async (db) => {
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
    const today = at.slice(0, 10);
    const to = days.to === undefined ? today : parseDay(days.to, '--to');
    const from = days.from === undefined ? firstOfMonth(to) : parseDay(days.from, '--from');
    requireOrder(from, to);
    const billed =
      client === undefined
        ? undefined
        : await requireNamed(db, clientKind, { workspaceId, name: client, found: named });
    const items = await ask(
      db,
      billItems(db.dialect, {
        workspaceId,
        clientId: billed?.id,
        from: `${from} 00:00:00.000`,
        until: `${nextDay(to)} 00:00:00.000`,
      }),
    );
    return { from, to, client: billed?.slug ?? null, items: [...items], ...addUp(items) };
  });
}
