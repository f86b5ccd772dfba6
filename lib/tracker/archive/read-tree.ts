import { DocketError } from '../../model/errors.ts';
import type { Db, SqlValue } from '../../store/contract.ts';
import { linesOfTrees, ownTables, type WholeTree } from '../../store/moving/archived-trees.ts';
import { countLines, readRowLines, type TableRow } from '../../store/moving/row-lines.ts';
import { ask } from '../../store/sql/request.ts';
import type { ArchivedTask } from '../../store/tables/archived-tasks.ts';

/**
 * Reads the tree of an archived task.
 *
 * @throws DocketError `conflict` when another program has damaged it
 */
export async function readArchivedTree(
  db: Db,
  { id, key, workspaceId, treeId }: Pick<ArchivedTask, 'id' | 'key' | 'workspaceId' | 'treeId'>,
): Promise<WholeTree> {
  const found = (await ask(db, linesOfTrees(workspaceId, [treeId]))).get(treeId) ?? '';
  const rows = readRowLines(found);
  const tasks = rows.filter(({ table }) => table.name === 'tasks').map(({ row }) => row);
  const ids = new Set(tasks.map((task) => task.id ?? null));
  const isWhole = rows.length === countLines(found) && ids.has(id);
  if (!isWhole || !rows.every((each) => isOfTree(each, { ids, workspaceId }))) {
    throw new DocketError('conflict', `the archived tree of ${key} is damaged`, {
      hint: 'A backup or an export of the list may have it whole',
    });
  }
  return { tasks, rows: rows.filter(({ table }) => table.name !== 'tasks') };
}

/** Whether a row is of this list and this tree: the lines of an imported file may hold any others. */
function isOfTree(
  { table, row }: TableRow,
  { ids, workspaceId }: { readonly ids: ReadonlySet<SqlValue>; readonly workspaceId: string },
): boolean {
  if ('workspace_id' in row && row.workspace_id !== workspaceId) return false;
  if (table.name !== 'tasks') return ownTables.includes(table) && ids.has(row.task_id ?? null);
  const { parent_task_id: parent = null } = row;
  return parent === null || ids.has(parent);
}
