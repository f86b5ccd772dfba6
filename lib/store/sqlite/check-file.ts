import { statSync } from 'node:fs';
import { StoreError } from '../errors.ts';
import { translated } from './transaction.ts';

/** The bytes that a SQLite file begins with. */
export const sqliteSignature = 'SQLite format 3\0';

/**
 * Reads a file as a whole and checks that it holds together: its pages and indexes, its references,
 * and that no history is longer than its list says. Nothing is written, and memory stays flat.
 *
 * @throws StoreError `unreachable`: damaged, or no database; `no_schema`: none of docket's
 */
export function checkFile(path: string): void {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const reader = translated(() => new DatabaseSync(path, { readOnly: true }));
  const faults = (sql: string) => translated(() => reader.prepare(sql).all());
  try {
    const isInLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    const [pages] = faults(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
    );
    // What is missing at the end of a page without content is read as zeros, and found to be right.
    if (!isInLog && statSync(path).size < Number(pages?.bytes))
      throw damaged(path, 'it was cut off');
    const [found = {}] = faults('PRAGMA integrity_check(1)');
    const [verdict] = Object.values(found);
    if (verdict !== 'ok') throw damaged(path, String(verdict));
    const [stray] = faults('PRAGMA foreign_key_check');
    if (stray !== undefined) throw damaged(path, `a row of ${stray.table} refers to nothing`);
    const [list] = faults(`SELECT slug FROM workspaces w WHERE seq <
      (SELECT COALESCE(MAX(e.seq), 0) FROM task_events e WHERE e.workspace_id = w.id)`);
    if (list !== undefined) throw damaged(path, `the history of ${list.slug} is longer than said`);
  } finally {
    reader.close();
  }
}

function damaged(path: string, why: string): StoreError {
  return new StoreError('unreachable', `${path} is damaged: ${why}`, {
    hint: 'docket doctor says more; an older backup may be whole',
  });
}
