import type { Priority } from '../../model/task/task.ts';
import type { Db } from '../contract.ts';
import { movedTable } from '../moving/moved-tables.ts';
import { type MovedRow, toStoredRow } from '../moving/read-rows.ts';
import { readRowLines, type TableRow } from '../moving/row-lines.ts';
import { integer, text } from '../sql/columns.ts';
import { type SearchRow, type SearchText, toSearchRow } from './search.ts';

/** Rows that are read together: most trees have one. */
const pageSize = 100;

/** An archived task as it is searched. */
export interface ArchivedRow extends SearchRow {
  /** UTC text as stored. */
  readonly completedAt: string;
  readonly priority: Priority;
  readonly texts: readonly SearchText[];
}

/** Where the texts about a task stand. */
const sources: Readonly<Record<string, { kind: SearchText['kind']; column: string }>> = {
  task_notes: { kind: 'note', column: 'body' },
  agent_runs: { kind: 'report', column: 'report' },
  task_blocks: { kind: 'reason', column: 'reason' },
};

/** Reads everything that is archived of a workspace, tree by tree, the newest first. */
export async function* readArchivedTexts(
  db: Db,
  workspaceId: string,
): AsyncGenerator<readonly ArchivedRow[]> {
  let lines = '';
  let tree: string | undefined;
  for await (const row of archivedLines(db, workspaceId)) {
    if (tree !== undefined && row.tree !== tree) {
      yield toRows(lines);
      lines = '';
    }
    tree = row.tree;
    lines += row.body;
  }
  if (tree !== undefined) yield toRows(lines);
}

async function* archivedLines(
  db: Db,
  workspaceId: string,
): AsyncGenerator<{ readonly tree: string; readonly body: string }> {
  // A tree with several parts is read whole before the next page begins.
  let before = '~';
  for (;;) {
    const heads = await db.query(
      `SELECT tree_id FROM archived_lines WHERE workspace_id = ? AND tree_id < ? AND part = 0
       ORDER BY workspace_id DESC, tree_id DESC LIMIT ${pageSize}`,
      [workspaceId, before],
    );
    const last = heads.at(-1);
    if (last === undefined) return;
    const rows = await db.query(
      `SELECT tree_id, body FROM archived_lines
       WHERE workspace_id = ? AND tree_id < ? AND tree_id >= ?
       ORDER BY tree_id DESC, part`,
      [workspaceId, before, text(last, 'tree_id')],
    );
    for (const row of rows) yield { tree: text(row, 'tree_id'), body: text(row, 'body') };
    before = text(last, 'tree_id');
  }
}

function toRows(lines: string): readonly ArchivedRow[] {
  const rows = readRowLines(lines, (table) => table === 'tasks' || table in sources);
  const texts = Map.groupBy(
    rows.filter(({ table }) => table.name !== 'tasks'),
    ({ row }) => row.task_id,
  );
  const table = movedTable('tasks');
  return rows
    .filter((each) => each.table.name === 'tasks')
    .map(({ row }) => {
      const stored = toStoredRow(table, row);
      return {
        ...toSearchRow(stored),
        completedAt: text(stored, 'completed_at'),
        priority: integer(stored, 'priority') as Priority,
        texts: (texts.get(row.id ?? null) ?? []).flatMap(toText),
      };
    });
}

function toText({ table, row }: TableRow): readonly SearchText[] {
  const source = sources[table.name];
  const value: MovedRow[string] | undefined = source && row[source.column];
  return source === undefined || typeof value !== 'string'
    ? []
    : [{ kind: source.kind, text: value }];
}
