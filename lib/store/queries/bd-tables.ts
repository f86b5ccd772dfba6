import type { Db, Row } from '../contract.ts';
import { placeholdersFor } from '../sql/in-list.ts';

/** Rows of bd's own tables, as they are: which columns there are differs with bd's version. */
export interface BdRows {
  readonly issues: readonly Row[];
  readonly labels: readonly Row[];
  readonly dependencies: readonly Row[];
  readonly comments: readonly Row[];
}

/**
 * Reads bd's issues page by page, each with what belongs to it.
 *
 * @throws StoreError `no_schema` where these are not bd's tables
 */
export async function* readBdTables(db: Db): AsyncGenerator<BdRows> {
  for (let after = ''; ; ) {
    const issues = await db.query(
      `SELECT * FROM issues WHERE id > ? ORDER BY id LIMIT ${pageLength}`,
      [after],
    );
    const last = issues.at(-1);
    if (last === undefined) return;
    after = String(last.id);
    const ids = issues.map(({ id }) => String(id));
    yield { issues, ...(await readBeside(db, ids)) };
    if (issues.length < pageLength) return;
  }
}

/** As long as an IN list may be, so that a page takes two flights. */
const pageLength = 100;

async function readBeside(db: Db, ids: readonly string[]): Promise<Omit<BdRows, 'issues'>> {
  const beside = (table: string) => ({
    sql: `SELECT * FROM ${table} WHERE issue_id IN (${placeholdersFor(ids)}) ORDER BY issue_id`,
    params: ids,
  });
  const [labels, dependencies, comments] = await db.batch(
    ['labels', 'dependencies', 'comments'].map(beside),
  );
  return {
    labels: labels?.rows ?? [],
    dependencies: dependencies?.rows ?? [],
    comments: comments?.rows ?? [],
  };
}
