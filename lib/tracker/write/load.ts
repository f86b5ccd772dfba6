import { rootKey } from '../../model/key.ts';
import type { Task } from '../../model/task/task.ts';
import type { Row } from '../../store/contract.ts';
import { type TreeRows, treesRequest } from '../../store/queries/trees.ts';
import { ask, type Request, together } from '../../store/sql/request.ts';
import { taskRowsById } from '../../store/tables/tasks.ts';
import type { Write } from './write.ts';

type Loader = Pick<Write, 'db' | 'list'>;

/** Makes sure that the trees of these keys are loaded, by one flight at most. */
export async function loadTrees({ db, list }: Loader, keys: readonly string[]): Promise<void> {
  const missing = missingTrees(list, keys);
  if (missing.length > 0) list.addTrees(missing, await ask(db, treesRequest(missing)));
}

/** Makes sure that these tasks and their trees are loaded, by one flight at most. */
export async function loadWhole(
  { db, list }: Loader,
  tasks: readonly Pick<Task, 'id' | 'key'>[],
): Promise<void> {
  const roots = missingTrees(
    list,
    tasks.map(({ key }) => key),
  );
  const ids = tasks.map(({ id }) => id);
  const [rows, trees] = await ask(
    db,
    together(rowsOf(list, ids), roots.length === 0 ? noTrees : treesRequest(roots)),
  );
  list.addTrees(roots, trees);
  list.addRows(rows);
}

const noTrees: Request<TreeRows> = {
  statements: [],
  read: () => ({ states: [], needs: [], dependents: [] }),
};

/** Makes sure that these tasks are loaded with all their columns, by one flight at most. */
export async function loadTasks(write: Loader, ids: readonly string[]): Promise<readonly Task[]> {
  write.list.addRows(await ask(write.db, rowsOf(write.list, ids)));
  return ids.map((id) => write.list.task(id));
}

/** Sends the pending writes, and then loads tasks and asks a question, all in one flight. */
export async function flushAndLoad<T>(
  write: Write,
  ids: readonly string[],
  question: Request<T>,
): Promise<T> {
  const { list } = write;
  const [rows, answer] = await write.flush(together(rowsOf(list, ids), question));
  list.addRows(rows);
  return answer;
}

/** Asks for the rows of those tasks that are not loaded whole. */
function rowsOf(list: Write['list'], ids: readonly string[]): Request<readonly Row[]> {
  return taskRowsById([...new Set(ids)].filter((id) => !list.isWhole(id)));
}

function missingTrees(list: Write['list'], keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map(rootKey))].filter((key) => !list.hasTree(key));
}
