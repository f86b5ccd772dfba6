import { DocketError } from '../../model/errors.ts';
import type { Db } from '../../store/contract.ts';
import { linesOfTrees, type WholeTree } from '../../store/moving/archived-trees.ts';
import { countLines, readRowLines } from '../../store/moving/row-lines.ts';
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
  if (rows.length < countLines(found) || !tasks.some((task) => task.id === id)) {
    throw new DocketError('conflict', `the archived tree of ${key} is damaged`, {
      hint: 'A backup or an export of the list may have it whole',
    });
  }
  return { tasks, rows: rows.filter(({ table }) => table.name !== 'tasks') };
}
