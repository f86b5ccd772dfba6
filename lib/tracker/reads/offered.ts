import type { Connection } from '../../model/connection.ts';
import type { OpenOptions } from '../../store/contract.ts';
import {
  type Offered,
  type OfferedPart,
  offeredEntries,
  offeredTasks,
} from '../../store/queries/offered.ts';
import { ask, together } from '../../store/sql/request.ts';
import { connect } from '../database/connect.ts';

export type { Offered, OfferedPart };

/** What is asked for: tasks of some parts of the list, or the entries of a registry. */
export type Wanted =
  | { readonly parts: readonly OfferedPart[] }
  | { readonly entries: 'clients' | 'projects' | 'infrastructure' };

/**
 * Reads names to offer to someone who is typing, over a connection of its own that writes nothing.
 *
 * @throws StoreError
 */
export async function readOffered(
  connection: Connection,
  {
    workspaceId,
    wanted,
    limit,
    open,
  }: {
    readonly workspaceId: string;
    readonly wanted: Wanted;
    /** The most names of each part. */
    readonly limit: number;
    readonly open: OpenOptions;
  },
): Promise<readonly Offered[]> {
  const store = await connect(connection, open);
  try {
    const { dialect } = store.db;
    const asked =
      'entries' in wanted
        ? [offeredEntries(wanted.entries, workspaceId, { limit })]
        : wanted.parts.map((part) => offeredTasks(dialect, workspaceId, { part, limit }));
    return (await ask(store.db, together(...asked))).flat();
  } finally {
    void store.close();
  }
}
