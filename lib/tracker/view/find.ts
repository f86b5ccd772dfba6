import { DocketError } from '../../model/errors.ts';
import { parseKeyQuery } from '../../model/key.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { ask, known, type Request, together } from '../../store/sql/request.ts';
import { taskByFormerKey } from '../../store/tables/former-keys.ts';
import { taskByKey, tasksByPrefix } from '../../store/tables/task-lookups.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import { WrongWorkspace } from '../transaction/wrong-workspace.ts';
import { loadWhole } from '../write/load.ts';
import type { Write } from '../write/write.ts';
import { findArchived, isArchived } from './find-archived.ts';

const candidatesShown = 8;

/**
 * Finds the task that a person means: by its whole key (in any workspace of the database), by one
 * that it had before it was moved, or by a beginning of the key that is unique in this workspace,
 * with or without the slug.
 *
 * @throws DocketError `not_found`, `archived`, or `ambiguous_key` with the candidates.
 */
export async function findTask(db: Db, workspaceId: string, text: string): Promise<Task> {
  const { task } = await findTaskWith(db, { workspaceId, text, more: () => known(undefined) });
  return task;
}

/**
 * Finds a task and what hangs on its key: a whole key costs one flight, a shortened one up to two
 * more, and so does a former one.
 *
 * @throws DocketError `not_found`, `archived`, or `ambiguous_key` with the candidates.
 */
export async function findTaskWith<T>(
  db: Db,
  {
    workspaceId,
    text,
    more,
  }: {
    readonly workspaceId: string;
    readonly text: string;
    /** The request about the task of this key. */
    readonly more: (key: string) => Request<T>;
  },
): Promise<{ readonly task: Task; readonly more: T }> {
  const key = text.trim().toLowerCase();
  const [exact, ofExact, workspace] = await ask(
    db,
    together(taskByKey(key), more(key), workspaceById(workspaceId)),
  );
  if (exact !== undefined) return { task: exact, more: ofExact };
  const query = parseKeyQuery(text, workspace?.slug ?? '');
  if (query === undefined) throw notFound(text);
  const { prefixes, subtask } = query;
  const limit = candidatesShown + 1;
  const [moved, ...found] = await ask(
    db,
    together(
      taskByFormerKey(prefixes.map((prefix) => `${prefix}${subtask}`)),
      ...prefixes.map((prefix) => tasksByPrefix(workspaceId, { prefix, limit })),
    ),
  );
  if (moved !== undefined) return { task: moved, more: await ask(db, more(moved.key)) };
  for (const [index, candidates] of found.entries()) {
    const [only] = candidates;
    if (only === undefined) continue;
    // Candidates are in the order of their keys, so a whole key comes before those that begin with
    // it.
    if (candidates.length > 1 && only.key !== prefixes[index]) throw ambiguous(text, candidates);
    const meant = `${only.key}${subtask}`;
    const [task, ofTask] = await ask(
      db,
      together(subtask === '' ? known(only) : taskByKey(meant), more(meant)),
    );
    if (task !== undefined) return { task, more: ofTask };
  }
  const archived = await findArchived(db, workspaceId, text, workspace?.slug ?? '');
  throw archived === undefined ? notFound(text) : isArchived(archived);
}

function notFound(text: string): DocketError {
  return new DocketError('not_found', `no task has the key ${JSON.stringify(text)}`, {
    hint: 'docket list --all',
  });
}

function ambiguous(text: string, candidates: readonly Task[]): DocketError {
  const shown = candidates.slice(0, candidatesShown).map(({ key }) => key);
  const more = candidates.length > candidatesShown ? ', ...' : '';
  return new DocketError(
    'ambiguous_key',
    `${JSON.stringify(text)} begins more than one key: ${shown.join(', ')}${more}`,
    { hint: `docket show ${shown[0]}` },
  );
}

/**
 * Finds the task that a verb changes. A whole key finds a task of any workspace; the verb is then
 * run again under the guard of that workspace.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export async function findTaskForWrite(write: Write, key: string): Promise<Task> {
  const { list, workspace } = write;
  const known = list.findByKey(key.trim().toLowerCase());
  const task = known ?? (await findTask(write.db, workspace.id, key));
  if (task.workspaceId !== workspace.id) throw new WrongWorkspace(task);
  if (known === undefined || !list.isWhole(task.id)) await loadWhole(write, [task]);
  return list.task(task.id);
}

/**
 * Finds another task that a verb names, which may be in another workspace.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export async function findOtherTask(write: Write, key: string): Promise<TaskState> {
  const known = write.list.findByKey(key.trim().toLowerCase());
  if (known !== undefined) return known;
  const task = await findTask(write.db, write.workspace.id, key);
  await loadWhole(write, [task]);
  return write.list.state(task.id);
}
