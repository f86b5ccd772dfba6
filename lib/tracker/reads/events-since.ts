import type { EventView } from '../../model/answers/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import { eventsAfter } from '../../store/tables/events.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import { viewEvent } from '../view/event.ts';

/** A part of a workspace's history, in order. */
export interface EventsSince {
  readonly events: readonly EventView[];
  /** The number of the workspace's newest event, which may come after those. */
  readonly seq: number;
  /** Events up to this number may be missing, as `docket archive` takes old ones out; else 0. */
  readonly archivedSeq: number;
}

/** Reads the events of the workspace after the one with the number `seq`, oldest first. */
export function eventsSince(
  { store, workspaceId }: Scope,
  seq: number,
  { limit }: { readonly limit: number },
): Promise<EventsSince> {
  return store.read(async (db) => {
    const [rows, workspace] = await ask(
      db,
      together(eventsAfter(workspaceId, { seq, limit }), workspaceById(workspaceId)),
    );
    const { seq: newest = 0, archivedSeq = 0 } = workspace ?? {};
    return { events: rows.map(viewEvent), seq: newest, archivedSeq };
  });
}
