import type { Db } from '../contract.ts';
import { insertWorkspace } from '../tables/workspaces.ts';

/** A workspace that is made to be removed again. */
export interface Trial {
  readonly id: string;
  readonly slug: string;
  readonly token: string;
  readonly createdBy: string;
}

/**
 * Inserts, changes and deletes a row, as a database user must be allowed to.
 *
 * @throws StoreError
 */
export async function tryWriting(db: Db, trial: Trial): Promise<void> {
  await insertWorkspace(db, { ...trial, rootCommit: null, origin: null });
  await db.run('UPDATE workspaces SET guard_token = ? WHERE id = ?', [trial.token, trial.id]);
  await db.run('DELETE FROM workspaces WHERE id = ?', [trial.id]);
}
