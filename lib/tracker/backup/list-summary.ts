import type { Db } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { integer, text } from '../../store/sql/columns.ts';

/** What a list amounts to. */
export interface ListSummary {
  readonly slug: string;
  readonly tasks: number;
  /** The tasks that were taken out of the list and are kept beside it. */
  readonly archived: number;
  readonly events: number;
}

/** Counts what the lists of a database have, whatever docket's schema in it is. */
export async function summariseLists(db: Db): Promise<readonly ListSummary[]> {
  const rows = await db.query(
    `SELECT slug,
       (SELECT COUNT(*) FROM tasks t WHERE t.workspace_id = w.id) AS tasks,
       (SELECT COUNT(*) FROM task_events e WHERE e.workspace_id = w.id) AS events
     FROM workspaces w ORDER BY slug`,
  );
  const archived = await countArchived(db);
  return rows.map((row) => ({
    slug: text(row, 'slug'),
    tasks: integer(row, 'tasks'),
    archived: archived.get(text(row, 'slug')) ?? 0,
    events: integer(row, 'events'),
  }));
}

/** Counts the archived tasks by their list's slug; before schema 13 nothing was archived. */
async function countArchived(db: Db): Promise<ReadonlyMap<string, number>> {
  try {
    const rows = await db.query(
      `SELECT slug, COUNT(*) AS archived FROM archived_tasks a
       JOIN workspaces w ON w.id = a.workspace_id GROUP BY slug`,
    );
    return new Map(rows.map((row) => [text(row, 'slug'), integer(row, 'archived')]));
  } catch (error) {
    if (error instanceof StoreError && error.code === 'no_schema') return new Map();
    throw error;
  }
}

/** Names the lists in which something has happened; one that was only made holds nothing. */
export async function findUsedLists(
  db: Db,
): Promise<readonly { readonly slug: string; readonly tasks: number }[]> {
  const rows = await db.query(
    'SELECT slug, task_count FROM workspaces WHERE seq > 0 OR task_count > 0 ORDER BY slug',
  );
  return rows.map((row) => ({ slug: text(row, 'slug'), tasks: integer(row, 'task_count') }));
}
