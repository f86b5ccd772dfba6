import { DocketError } from '../../model/errors.ts';
import type { Db, Store } from '../../store/contract.ts';
import { movedTable, movedTables } from '../../store/moving/moved-tables.ts';
import { countRows, readPages, toMovedRow } from '../../store/moving/read-rows.ts';
import { eventInLines } from '../../store/moving/row-lines.ts';
import { integer, text, textOrNull, time } from '../../store/sql/columns.ts';
import type { MovedList, MovedSource, MovedWorkspace } from './moved-list.ts';

/** A list in a database as what is moved: each walk sees one state and holds no lock. */
export function listInDatabase(store: Store, workspaceId: string, name: string): MovedSource {
  return {
    name,
    walk: (work) => readOnce(store, name, async (db) => work(await openWalk(db, workspaceId))),
  };
}

/** Goes over all lists of a database as they stand at one moment. */
export function walkLists<T>(
  store: Store,
  name: string,
  work: (lists: readonly MovedList[]) => Promise<T>,
): Promise<T> {
  return readOnce(store, name, async (db) => {
    const lists: MovedList[] = [];
    for (const id of await listIds(db)) lists.push(await openWalk(db, id));
    return work(lists);
  });
}

/** Finds the ids of all lists. */
export async function listIds(db: Db): Promise<readonly string[]> {
  return (await db.query('SELECT id FROM workspaces ORDER BY id')).map((row) => text(row, 'id'));
}

/** A connection that is lost makes a store read again, when part of it was used already. */
function readOnce<T>(store: Store, name: string, work: (db: Db) => Promise<T>): Promise<T> {
  let isBegun = false;
  return store.read(async (db) => {
    if (isBegun) throw new DocketError('unreachable', `lost ${name} on the way`);
    isBegun = true;
    return work(db);
  });
}

async function openWalk(db: Db, workspaceId: string): Promise<MovedList> {
  const workspace = await readWorkspace(db, workspaceId);
  if (workspace === undefined) {
    throw new DocketError('not_found', 'the database does not have this list', {
      hint: 'docket where shows which list and database are meant',
    });
  }
  const counts: Record<string, number> = {};
  for (const table of movedTables) counts[table.name] = await countRows(db, table, workspaceId);
  return {
    head: { workspace, counts },
    pages: (table) => readPages(db, table, workspaceId),
    event: (seq) => readEvent(db, workspaceId, seq),
  };
}

/** Reads a workspace as it is moved. */
export async function readWorkspace(db: Db, id: string): Promise<MovedWorkspace | undefined> {
  const [row] = await db.query(
    `SELECT id, slug, seq, task_count, root_commit, origin, created_at, created_by
     FROM workspaces WHERE id = ?`,
    [id],
  );
  if (row === undefined) return undefined;
  return {
    id: text(row, 'id'),
    slug: text(row, 'slug'),
    seq: integer(row, 'seq'),
    task_count: integer(row, 'task_count'),
    root_commit: textOrNull(row, 'root_commit'),
    origin: textOrNull(row, 'origin'),
    created_at: time(row, 'created_at'),
    created_by: text(row, 'created_by'),
  };
}

/** Reads the event with a number. */
export async function readEvent(db: Db, workspaceId: string, seq: number) {
  const table = movedTable('task_events');
  const columns = table.columns.map(({ name }) => name).join(', ');
  const [row] = await db.query(
    `SELECT ${columns} FROM task_events WHERE workspace_id = ? AND seq = ?`,
    [workspaceId, seq],
  );
  return row === undefined ? findArchivedEvent(db, workspaceId, seq) : toMovedRow(table, row);
}

/** Looks for an event in the whole archive. */
async function findArchivedEvent(db: Db, workspaceId: string, seq: number) {
  for await (const page of readPages(db, movedTable('archived_lines'), workspaceId)) {
    for (const { body } of page) {
      const found = eventInLines(String(body), seq);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Finds the number of the last event that a list has; 0 for a list without history. */
export async function lastEventOf(db: Db, workspaceId: string): Promise<number> {
  const [row] = await db.query(
    'SELECT MAX(seq) AS last_seq FROM task_events WHERE workspace_id = ?',
    [workspaceId],
  );
  return row === undefined ? 0 : integer(row, 'last_seq');
}
