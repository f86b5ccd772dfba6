import type { Db, Transaction } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { placeholdersFor } from '../sql/in-list.ts';
import { movedTables } from './moved-tables.ts';

/**
 * Begins the `origin` of a list that is made to be removed again. The one form that remotes are
 * brought into has no colon after its host, so that no repository's list begins so.
 */
export const throwAwayMark = 'docket-verify:';

const isThrowAway = `origin LIKE '${throwAwayMark}%'`;

/** A list that is made to be removed again. Times are ISO 8601, by the database's clock. */
export interface ThrowAwayRow {
  readonly id: string;
  readonly slug: string;
  readonly origin: string;
  readonly createdAt: string;
  readonly now: string;
}

/** Finds all lists that are made to be removed again. */
export async function findThrowAways(db: Db): Promise<readonly ThrowAwayRow[]> {
  const rows = await db.query(
    `SELECT id, slug, origin, created_at, ${db.dialect.now} AS clock FROM workspaces
     WHERE ${isThrowAway} ORDER BY id`,
  );
  return rows.map((row) => ({
    id: text(row, 'id'),
    slug: text(row, 'slug'),
    origin: text(row, 'origin'),
    createdAt: time(row, 'created_at'),
    now: time(row, 'clock'),
  }));
}

/**
 * Removes every row of a list that is made to be removed again, along indexes, and after its guard
 * is taken: a verb that still writes to it comes before or fails. Of any other list nothing is
 * removed.
 *
 * @returns whether there was such a list
 * @throws StoreError
 */
export async function deleteThrowAway(
  db: Transaction,
  id: string,
  token: string,
): Promise<boolean> {
  const [guard, tasks] = await db.batch([
    {
      sql: `UPDATE workspaces SET guard_token = ? WHERE id = ? AND ${isThrowAway}`,
      params: [token, id],
    },
    { sql: 'SELECT id FROM tasks WHERE workspace_id = ?', params: [id] },
  ]);
  if (guard?.found !== 1) {
    db.abandon();
    return false;
  }
  const ids = (tasks?.rows ?? []).map((row) => text(row, 'id'));
  // Tasks are named by their ids: some servers read a whole table for a query within a DELETE.
  const ofTasks = `task_id IN (${placeholdersFor(ids)})`;
  const deletes = movedTables.toReversed().flatMap(({ name, belongsTo }) => {
    if (belongsTo === 'workspace') {
      return [{ sql: `DELETE FROM ${name} WHERE workspace_id = ?`, params: [id] }];
    }
    return ids.length === 0 ? [] : [{ sql: `DELETE FROM ${name} WHERE ${ofTasks}`, params: ids }];
  });
  await db.batch([...deletes, { sql: 'DELETE FROM workspaces WHERE id = ?', params: [id] }]);
  return true;
}
