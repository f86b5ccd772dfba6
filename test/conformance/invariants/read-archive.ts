import type { Db } from '../../../lib/store/contract.ts';
import { integer, text } from '../../../lib/store/sql/columns.ts';
import type { HistoryEvent } from './check-history.ts';

/** What the archive of a workspace has, and what does not hold together in it. */
export interface ReadArchive {
  readonly keys: readonly string[];
  readonly events: readonly HistoryEvent[];
  readonly notes: readonly string[];
  readonly violations: readonly string[];
}

interface Line {
  readonly table: string;
  readonly row: Readonly<Record<string, string | number>>;
}

/** Reads the lines of an archive as JSON. A task is in the list or in the archive, and whole there. */
export async function readArchive(db: Db, workspaceId: string): Promise<ReadArchive> {
  const parts = await db.query(
    'SELECT tree_id, body FROM archived_lines WHERE workspace_id = ? ORDER BY tree_id, part',
    [workspaceId],
  );
  const lines = parts
    .map((row) => text(row, 'body'))
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));
  const of = (table: string) => lines.filter((line) => line.table === table).map(({ row }) => row);
  const named = await db.query('SELECT id, task_key FROM archived_tasks WHERE workspace_id = ?', [
    workspaceId,
  ]);
  const ids = named.map((row) => text(row, 'id')).sort();
  const told = of('tasks').map(({ id }) => String(id));
  const listed = await db.query('SELECT id FROM tasks WHERE workspace_id = ?', [workspaceId]);
  const isListed = new Set(listed.map((row) => text(row, 'id')));
  const isNamed = new Set(ids);
  const links = await db.query(
    'SELECT task_id, depends_on_id FROM archived_links WHERE workspace_id = ?',
    [workspaceId],
  );
  const both = ids.filter((id) => isListed.has(id));
  return {
    keys: named.map((row) => text(row, 'task_key')),
    events: of('task_events').map((row) => ({
      seq: integer(row, 'seq'),
      taskId: String(row.task_id),
      verb: String(row.verb),
      value: JSON.parse(String(row.new_value ?? '{}')),
    })),
    notes: of('task_notes').map(({ id }) => String(id)),
    violations: [
      ...(String(told.sort()) === String(ids) ? [] : ['the archive names other tasks than it has']),
      ...both.map((id) => `${id} is in the list and in the archive`),
      ...links
        .filter(
          (row) => !isListed.has(text(row, 'task_id')) || !isNamed.has(text(row, 'depends_on_id')),
        )
        .map((row) => `the archived link ${JSON.stringify(row)} is of none`),
    ],
  };
}
