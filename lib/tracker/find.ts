import { DocketError } from '../model/errors.ts';
import { parseKeyQuery } from '../model/key.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { findTaskByKey, findTasksByPrefix } from '../store/tables/tasks.ts';
import { findWorkspace } from '../store/tables/workspaces.ts';

const candidatesShown = 8;

/**
 * Finds the task a person means: its whole key (in any workspace of the database), or a beginning
 * of it that is unique in this workspace, with or without the slug.
 *
 * @throws DocketError `not_found`, or `ambiguous_key` with the candidates.
 */
export async function findTask(db: Db, workspaceId: string, text: string): Promise<Task> {
  const exact = await findTaskByKey(db, text.trim().toLowerCase());
  if (exact !== undefined) return exact;
  const slug = (await findWorkspace(db, workspaceId))?.slug ?? '';
  const query = parseKeyQuery(text, slug);
  if (query === undefined) throw notFound(text);
  for (const prefix of query.prefixes) {
    const limit = candidatesShown + 1;
    const candidates = await findTasksByPrefix(db, workspaceId, { prefix, limit });
    const [only] = candidates;
    if (only === undefined) continue;
    // In order of their keys, so a whole one comes before those that begin with it.
    if (candidates.length > 1 && only.key !== prefix) throw ambiguous(text, candidates);
    if (query.subtask === '') return only;
    const subtask = await findTaskByKey(db, `${only.key}${query.subtask}`);
    if (subtask !== undefined) return subtask;
  }
  throw notFound(text);
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
