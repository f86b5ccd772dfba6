import { compareLevels } from '../../model/task/key-tree.ts';
import type { Row, SqlValue } from '../contract.ts';
import { text } from '../sql/columns.ts';
import { chunks, inList, placeholdersFor } from '../sql/in-list.ts';
import { query, type Request, together } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';
import { type MovedTable, movedTable } from './moved-tables.ts';
import { columnNames, type MovedRow, toMovedRow, toStoredRow } from './read-rows.ts';
import { rowLine, type TableRow } from './row-lines.ts';

/** What belongs to tasks beside their own rows, in the order in which it is written. */
export const ownTables: readonly MovedTable[] = [
  ...['task_dependencies', 'task_infrastructure', 'touched_files', 'task_notes', 'agent_runs'],
  ...['task_blocks', 'task_events'],
].map(movedTable);

/** The most characters of lines in one row, unless a line has more. */
const longestPart = 300_000;

/** A tree of tasks with everything that belongs to them. */
export interface WholeTree {
  /** Each task after its container. */
  readonly tasks: readonly MovedRow[];
  /** The rows of other tables, in an order in which they can be written. */
  readonly rows: readonly TableRow[];
}

/** Asks for all tasks of the trees with these outermost keys. */
export function tasksOfTrees(rootKeys: readonly string[]): Request<readonly MovedRow[]> {
  const table = movedTable('tasks');
  const parts = chunks(rootKeys).map((keys) => ({
    sql: `SELECT ${columnNames(table)} FROM tasks WHERE ${keys
      .map(() => '(task_key = ? OR (task_key >= ? AND task_key < ?))')
      .join(' OR ')}`,
    params: keys.flatMap((key): SqlValue[] => [key, `${key}.`, `${key}/`]),
  }));
  return {
    statements: parts,
    read: (results) =>
      results
        .flatMap(({ rows }) => rows.map((row) => toMovedRow(table, row)))
        .toSorted((a, b) => compareLevels(String(a.task_key), String(b.task_key))),
  };
}

/**
 * Asks for everything that belongs to these tasks. What they are linked to may be archived already;
 * the link is theirs all the same.
 */
export function rowsOfTasks(ids: readonly string[]): Request<readonly TableRow[]> {
  const of = (table: (typeof ownTables)[number], from = table.name) =>
    inList(
      ids,
      (list) => `SELECT ${columnNames(table)} FROM ${from} WHERE task_id IN (${list})`,
      (rows) => rows.map((row) => ({ table, row: toMovedRow(table, row) })),
    );
  const links = of(movedTable('task_dependencies'), 'archived_links');
  const asked = together(links, ...ownTables.map((table) => of(table)));
  return { statements: asked.statements, read: (results) => asked.read(results).flat() };
}

/** Asks for the links of other tasks to these ones. */
export function linksTo(ids: readonly string[]): Request<readonly MovedRow[]> {
  const table = movedTable('task_dependencies');
  return inList(
    ids,
    (list) =>
      `SELECT ${columnNames(table)} FROM task_dependencies WHERE depends_on_id IN (${list})`,
    (rows) => rows.map((row) => toMovedRow(table, row)),
  );
}

/** When a tree is archived, and by whom. */
export interface Archiving {
  readonly workspaceId: string;
  /** UTC text as stored. */
  readonly at: string;
  readonly by: string;
}

/** Writes a tree to the archive; its own rows are taken out of the list by `takeOut`. */
export function archiveTree(tree: WholeTree, archiving: Archiving): readonly WriteStatement[] {
  const { workspaceId, at, by } = archiving;
  const treeId = String(tree.tasks[0]?.id);
  const lastEvents = lastEventsOf(tree);
  return [
    ...insertRows(
      'archived_tasks',
      tree.tasks.map((task) => ({
        ...{ id: task.id ?? null, workspace_id: workspaceId, tree_id: treeId },
        ...{ task_key: task.task_key ?? null, title: task.title ?? null },
        ...{ status: task.status ?? null, task_type: task.task_type ?? null },
        subtask_count: task.subtask_count ?? 0,
        completed_at: String(task.completed_at).slice(0, -1).replace('T', ' '),
        last_seq: lastEvents.get(task.id ?? null) ?? 0,
        ...{ archived_at: at, archived_by: by },
      })),
    ),
    ...insertRows(
      'archived_lines',
      partsOf(tree).map((body, part) => ({
        ...{ workspace_id: workspaceId, tree_id: treeId, part },
        body,
      })),
    ),
  ];
}

/** Gives the numbers of the last events of a tree's tasks, by the ids of those that have any. */
export function lastEventsOf({ rows }: WholeTree): ReadonlyMap<SqlValue, number> {
  const last = new Map<SqlValue, number>();
  for (const { table, row } of rows) {
    const id = row.task_id ?? null;
    if (table.name === 'task_events') last.set(id, Math.max(last.get(id) ?? 0, Number(row.seq)));
  }
  return last;
}

function partsOf({ tasks, rows }: WholeTree): readonly string[] {
  const table = movedTable('tasks');
  const parts: string[] = [];
  for (const each of [...tasks.map((row) => ({ table, row })), ...rows]) {
    const line = rowLine(each.table, each.row);
    const last = parts.at(-1);
    if (last === undefined || last.length + line.length > longestPart) parts.push(line);
    else parts[parts.length - 1] = last + line;
  }
  return parts;
}

/** Takes tasks with everything that belongs to them out of the list. */
export function takeOut(tasks: readonly MovedRow[]): readonly WriteStatement[] {
  const ids = tasks.map(({ id }) => String(id));
  const levels = Map.groupBy(tasks, ({ task_key: key }) => String(key).split('.').length);
  const byDepth = [...levels].toSorted(([a], [b]) => b - a).map(([, level]) => level);
  return [
    ...ownTables.toReversed().flatMap(({ name }) => remove(name, 'task_id', ids)),
    ...remove('archived_links', 'task_id', ids),
    ...remove('task_dependencies', 'depends_on_id', ids),
    ...byDepth.flatMap((level) =>
      chunks(level).map((part) => ({
        ...removal(
          'tasks',
          'id',
          part.map(({ id }) => String(id)),
        ),
        mustFind: part.length,
        written: 'a task of a tree',
      })),
    ),
  ];
}

/** Deletes rows that have one of these values in a column. */
export function remove(
  table: string,
  column: string,
  values: readonly string[],
): readonly WriteStatement[] {
  return chunks(values).map((part) => removal(table, column, part));
}

function removal(table: string, column: string, values: readonly string[]): WriteStatement {
  return {
    sql: `DELETE FROM ${table} WHERE ${column} IN (${placeholdersFor(values)})`,
    params: values,
  };
}

/** Keeps links of tasks in the list to tasks that are archived. */
export function keepLinks(
  workspaceId: string,
  links: readonly MovedRow[],
): readonly WriteStatement[] {
  if (links.length === 0) return [];
  const table = movedTable('archived_links');
  return insertRows(
    'archived_links',
    links.map((link) => toStoredRow(table, { ...link, workspace_id: workspaceId })),
  );
}

/** Asks for the lines of archived trees, one after the other. */
export function linesOfTrees(
  workspaceId: string,
  treeIds: readonly string[],
): Request<ReadonlyMap<string, string>> {
  const asked = chunks(treeIds).map((part) =>
    query(
      `SELECT tree_id, body FROM archived_lines
       WHERE workspace_id = ? AND tree_id IN (${placeholdersFor(part)}) ORDER BY tree_id, part`,
      [workspaceId, ...part],
      (rows) => rows,
    ),
  );
  const all = together(...asked);
  return { statements: all.statements, read: (results) => joined(all.read(results).flat()) };
}

function joined(rows: readonly Row[]): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const row of rows) {
    const id = text(row, 'tree_id');
    lines.set(id, (lines.get(id) ?? '') + text(row, 'body'));
  }
  return lines;
}

/** Takes a tree out of the archive. */
export function takeOutOfArchive(workspaceId: string, tree: WholeTree): readonly WriteStatement[] {
  const ids = tree.tasks.map(({ id }) => String(id));
  const treeId = ids[0] ?? '';
  return [
    ...chunks(ids).map((part) => ({
      sql: `DELETE FROM archived_tasks
            WHERE id IN (${placeholdersFor(part)}) AND workspace_id = ? AND tree_id = ?`,
      params: [...part, workspaceId, treeId],
      mustFind: part.length,
      written: 'an archived task',
    })),
    {
      sql: 'DELETE FROM archived_lines WHERE workspace_id = ? AND tree_id = ?',
      params: [workspaceId, treeId],
    },
  ];
}
