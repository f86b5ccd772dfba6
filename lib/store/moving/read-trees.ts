import type { Db, Row } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { ask, together } from '../sql/request.ts';
import { movedTable } from './moved-tables.ts';
import { columnNames, type MovedRow, toMovedRow } from './read-rows.ts';

/** Some trees of a workspace, with what their tasks need and what was noted on them. */
export interface TreePage {
  /** Each task after its container, and subtasks in their order. */
  readonly tasks: readonly MovedRow[];
  /** Links with the key and the context of the task that they lead to. */
  readonly needs: readonly MovedRow[];
  readonly notes: readonly MovedRow[];
}

/** Trees that are read together. */
const treesTogether = 50;

/** Reads a workspace tree by tree, in the order in which they were begun. */
export async function* readTreePages(db: Db, workspaceId: string): AsyncGenerator<TreePage> {
  const table = movedTable('tasks');
  let after = '';
  for (;;) {
    const found = await db.query(
      `SELECT ${columnNames(table)} FROM tasks
       WHERE workspace_id = ? AND id > ? AND parent_task_id IS NULL
       ORDER BY id LIMIT ${treesTogether}`,
      [workspaceId, after],
    );
    const roots = found.map((row) => toMovedRow(table, row));
    if (roots.length > 0) yield readPage(db, roots);
    const last = found.at(-1);
    if (last === undefined || found.length < treesTogether) return;
    after = text(last, 'id');
  }
}

async function readPage(db: Db, roots: readonly MovedRow[]): Promise<TreePage> {
  const table = movedTable('tasks');
  const below = new Map<string, MovedRow[]>();
  const ids: string[] = [];
  for (let level = roots; level.length > 0; ) {
    const parents = level.map(({ id }) => String(id));
    ids.push(...parents);
    const rows = await ask(
      db,
      inList(
        parents,
        (list) => `SELECT ${columnNames(table)} FROM tasks WHERE parent_task_id IN (${list})`,
        (found) => found.map((row) => toMovedRow(table, row)),
      ),
    );
    for (const row of rows) {
      const parent = String(row.parent_task_id);
      below.set(parent, [...(below.get(parent) ?? []), row]);
    }
    level = rows;
  }
  const noteTable = movedTable('task_notes');
  const [needs, notes] = await ask(
    db,
    together(
      inList(
        ids,
        (list) => `SELECT /*+ LOOKUP_JOIN(d,t) */ d.task_id, d.depends_on_id, d.type, d.created_at,
            d.created_by, t.task_key, t.task_context
          FROM task_dependencies d JOIN tasks t ON t.id = d.depends_on_id
          WHERE d.task_id IN (${list}) ORDER BY d.task_id, d.created_at, d.depends_on_id`,
        (rows) => rows.map(toNeed),
      ),
      inList(
        ids,
        (list) => `SELECT ${columnNames(noteTable)} FROM task_notes
          WHERE task_id IN (${list}) ORDER BY task_id, created_at, id`,
        (rows) => rows.map((row) => toMovedRow(noteTable, row)),
      ),
    ),
  );
  const inOrder = (row: MovedRow): readonly MovedRow[] => [
    row,
    ...[...(below.get(String(row.id)) ?? [])]
      .sort((a, b) => Number(a.position) - Number(b.position))
      .flatMap(inOrder),
  ];
  return { tasks: roots.flatMap(inOrder), needs, notes };
}

function toNeed(row: Row): MovedRow {
  const table = movedTable('task_dependencies');
  const { task_key: key, task_context: context } = row;
  return { ...toMovedRow(table, row), task_key: key ?? null, task_context: context ?? null };
}
