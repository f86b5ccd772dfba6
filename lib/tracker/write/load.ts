import { rootKey } from '../../model/key.ts';
import type { Task } from '../../model/task/task.ts';
import type { Row } from '../../store/contract.ts';
import { treesRequest } from '../../store/queries/trees.ts';
import { ask, type Request, together } from '../../store/sql/request.ts';
import { taskRowsById } from '../../store/tables/tasks.ts';
import type { Write } from './write.ts';

type Loader = Pick<Write, 'db' | 'list'>;

/** Makes sure that the trees of these keys are known, by one flight at most. */
export async function loadTrees({ db, list }: Loader, keys: readonly string[]): Promise<void> {
  const missing = missingTrees(list, keys);
  if (missing.length > 0) list.addTrees(missing, await ask(db, treesRequest(missing)));
}

/** Makes sure that these tasks are known with all their columns, by one flight at most. */
export async function loadTasks(write: Loader, ids: readonly string[]): Promise<readonly Task[]> {
  await loadWith(write, ids, { statements: [], read: () => undefined });
  return ids.map((id) => write.list.task(id));
}

/** The same, with another question that travels along. */
export async function loadWith<T>(
  { db, list }: Loader,
  ids: readonly string[],
  question: Request<T>,
): Promise<T> {
  const missing = [...new Set(ids)].filter((id) => !list.isWhole(id));
  const [rows, answer] = await ask(db, together(taskRowsById(missing), question));
  list.addRows(rows as readonly Row[]);
  return answer as T;
}

function missingTrees(list: Write['list'], keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map(rootKey))].filter((key) => !list.hasTree(key));
}
