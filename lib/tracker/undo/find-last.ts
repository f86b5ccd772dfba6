import { DocketError } from '../../model/errors.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import { ownerOf } from '../../model/worker.ts';
import { ask } from '../../store/sql/request.ts';
import { type WorkerEvent, workerEvents } from '../../store/tables/events.ts';
import type { Write } from '../write/write.ts';
import { type PastVerb, readValues, readVerb, undoneVerb } from './past-verb.ts';

/** What is read of the history: the usual part, and all where that is not enough. */
const parts = [200, 5_000];

/** How far back a change may lie, in events of the whole list. */
const reach = 20_000;

/** The verb to undo. */
export interface LastVerb {
  readonly verb: PastVerb;
  /** The numbers of the worker's events that are undone, or undo others: they no longer count. */
  readonly settled: ReadonlySet<number>;
}

/**
 * Finds the last verb of the scope's worker that is not undone. The commands of one person without
 * a session count as one worker's.
 *
 * @throws DocketError `not_found` when there is none, `conflict` when it has no inverse.
 */
export async function findLast(write: Write): Promise<LastVerb> {
  const { session, agent } = write.scope.worker;
  const of = {
    ...{ workspaceId: write.workspace.id, session: ownerOf(session), agent },
    withCommands: session.startsWith(terminalPrefix),
    after: write.workspace.seq - reach,
  };
  for (const limit of parts) {
    const rows = await ask(write.db, workerEvents({ ...of, limit }));
    const found = pick(rows, rows.length < limit);
    if (found === undefined) continue;
    if (found.verb.seq > write.workspace.archivedSeq) return found;
    throw new DocketError('conflict', 'your last changes are so old that they may be archived', {
      hint: 'docket log shows what is left; docket reopen KEY brings an archived task back',
    });
  }
  throw new DocketError('not_found', 'you have changed nothing here that could be undone', {
    hint: 'docket log shows who changed what',
  });
}

/** Picks the last verb that is not undone; undefined when none is there whole. */
function pick(rows: readonly WorkerEvent[], isAll: boolean): LastVerb | undefined {
  const verbs = group(rows);
  const settled = new Set<number>();
  const undone = new Set<number>();
  for (const [index, events] of verbs.entries()) {
    const undoes = events
      .filter(({ verb }) => verb === undoneVerb)
      .map(({ newValue }) => readValues(newValue).undoes);
    const isUndone = events.some(({ seq }) => undone.has(seq));
    if (undoes.length === 0 && !isUndone && !isOnlyMoved(events)) {
      const isWhole = isAll || index < verbs.length - 1;
      return isWhole ? { verb: readVerb(events), settled } : undefined;
    }
    for (const seq of undoes) undone.add(Number(seq));
    for (const { seq } of events) settled.add(seq);
  }
  return undefined;
}

/** Whether a session only took over the claims of the one before it, which is no verb. */
function isOnlyMoved(events: readonly WorkerEvent[]): boolean {
  return events.every(({ verb }) => verb === 'claim_moved');
}

/** Groups events, newest first, by the transactions that wrote them. */
function group(rows: readonly WorkerEvent[]): readonly (readonly WorkerEvent[])[] {
  const verbs: WorkerEvent[][] = [];
  for (const row of rows) {
    const last = verbs.at(-1);
    const { requestId } = row;
    if (last !== undefined && requestId !== null && last[0]?.requestId === requestId)
      last.push(row);
    else verbs.push([row]);
  }
  return verbs;
}
