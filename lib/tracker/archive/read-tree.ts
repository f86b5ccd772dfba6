import { DocketError } from '../../model/errors.ts';
import type { Archived } from '../../model/task/archived.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db, Row, SqlValue } from '../../store/contract.ts';
import { linesOfTrees, ownTables, type WholeTree } from '../../store/moving/archived-trees.ts';
import { type MovedColumn, movedTable } from '../../store/moving/moved-tables.ts';
import { toStoredRow } from '../../store/moving/read-rows.ts';
import { countLines, readRowLines, type TableRow } from '../../store/moving/row-lines.ts';
import { ask } from '../../store/sql/request.ts';
import type { ArchivedTask } from '../../store/tables/archived-tasks.ts';
import { toTask } from '../../store/tables/task-row.ts';
import type { Scope } from '../scope.ts';
import { requireArchived } from '../view/find-archived.ts';

/** An archived task with the tree that it is in. */
export interface TaskInTree {
  readonly tree: WholeTree;
  readonly task: Task;
  /** The tasks of the tree, each after its container. */
  readonly tasks: readonly Task[];
  /** When and by whom it was archived. */
  readonly archived: Archived;
}

/**
 * Finds an archived task as people name it, and reads its tree.
 *
 * @throws DocketError `not_found`; `conflict` when another program has damaged the tree
 */
export async function readArchivedTask(
  db: Db,
  { workspaceId }: Pick<Scope, 'workspaceId'>,
  key: string,
): Promise<TaskInTree> {
  const found = await requireArchived(db, workspaceId, key);
  const tree = await readArchivedTree(db, found);
  const tasks = tree.tasks.map((row) => toTask(toStoredRow(movedTable('tasks'), row)));
  const task = tasks.find(({ id }) => id === found.id);
  if (task === undefined) throw new Error('a tree that was read lacks its task');
  return { tree, task, tasks, archived: { at: found.archivedAt, by: found.archivedBy } };
}

/** Gives the rows of one table that belong to a task of a tree, as they were stored. */
export function ownRows({ rows }: WholeTree, name: string, taskId: string): readonly Row[] {
  return rows.flatMap(({ table, row }) =>
    table.name === name && row.task_id === taskId ? [toStoredRow(table, row)] : [],
  );
}

/**
 * Reads the tree of an archived task.
 *
 * @throws DocketError `conflict` when another program has damaged it
 */
export async function readArchivedTree(
  db: Db,
  archived: Pick<ArchivedTask, 'id' | 'key' | 'workspaceId' | 'treeId'>,
): Promise<WholeTree> {
  const { workspaceId, treeId, key } = archived;
  const lines = await ask(db, linesOfTrees(workspaceId, [treeId]));
  const tree = treeOf(lines.get(treeId) ?? '', archived);
  if (tree !== undefined) return tree;
  throw new DocketError('conflict', `the archived tree of ${key} is damaged`, {
    hint: 'A backup or an export of the list may have it whole',
  });
}

/** Reads the tree of an archived task from its lines; undefined when they are not what was written. */
export function treeOf(
  lines: string,
  { id, workspaceId }: Pick<ArchivedTask, 'id' | 'workspaceId'>,
): WholeTree | undefined {
  const rows = readRowLines(lines);
  const tasks = rows.filter(({ table }) => table.name === 'tasks').map(({ row }) => row);
  const ids = new Set(tasks.map((task) => task.id ?? null));
  const isWhole = rows.length === countLines(lines) && ids.has(id);
  if (!isWhole || !rows.every((each) => isOfTree(each, { ids, workspaceId }))) return undefined;
  return { tasks, rows: rows.filter(({ table }) => table.name !== 'tasks') };
}

/** Whether a row is of this list and this tree: the lines of an imported file may hold any others. */
function isOfTree(
  { table, row }: TableRow,
  { ids, workspaceId }: { readonly ids: ReadonlySet<SqlValue>; readonly workspaceId: string },
): boolean {
  if ('workspace_id' in row && row.workspace_id !== workspaceId) return false;
  if (!table.columns.every((column) => fits(row[column.name] ?? null, column))) return false;
  if (table.name !== 'tasks') return ownTables.includes(table) && ids.has(row.task_id ?? null);
  const { parent_task_id: parent = null } = row;
  return parent === null || ids.has(parent);
}

/** Whether a column can hold a value. */
function fits(value: SqlValue, { kind, isNullable }: MovedColumn): boolean {
  if (value === null) return isNullable;
  return typeof value === (kind === 'integer' ? 'number' : 'string');
}
