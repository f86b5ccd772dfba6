import { DocketError } from '../../model/errors.ts';
import { parseKeyQuery } from '../../model/key.ts';
import type { Db } from '../../store/contract.ts';
import { ask, together } from '../../store/sql/request.ts';
import {
  type ArchivedTask,
  archivedByKeys,
  archivedByPrefix,
} from '../../store/tables/archived-tasks.ts';
import { findWorkspace } from '../../store/tables/workspaces.ts';

/**
 * Finds the archived task that a person means, as `findTask` finds others: by its whole key, or by a
 * beginning of the key that is unique among the archived ones of this workspace.
 */
export async function findArchived(
  db: Db,
  workspaceId: string,
  text: string,
  slug: string,
): Promise<ArchivedTask | undefined> {
  const query = parseKeyQuery(text, slug);
  if (query === undefined) return undefined;
  const { prefixes, subtask } = query;
  const [exact, ...begun] = await ask(
    db,
    together(
      archivedByKeys(prefixes.map((prefix) => `${prefix}${subtask}`)),
      ...prefixes.map((prefix) => archivedByPrefix(workspaceId, { prefix, limit: 2 })),
    ),
  );
  const [first] = exact;
  if (first !== undefined) return first;
  for (const [only, another] of begun) {
    if (only === undefined || another !== undefined) continue;
    if (subtask === '') return only;
    const [below] = await ask(db, archivedByKeys([`${only.key}${subtask}`]));
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Finds an archived task. @throws DocketError `not_found` */
export async function requireArchived(
  db: Db,
  workspaceId: string,
  text: string,
): Promise<ArchivedTask> {
  const workspace = await findWorkspace(db, workspaceId);
  const found = await findArchived(db, workspaceId, text, workspace?.slug ?? '');
  if (found !== undefined) return found;
  throw new DocketError('not_found', `no task has the key ${JSON.stringify(text)}`, {
    hint: 'docket list --all',
  });
}

/** Says of an archived task that it can only be looked at. */
export function isArchived({ key, status, completedAt }: ArchivedTask): DocketError {
  const day = completedAt.slice(0, 10);
  return new DocketError('archived', `${key} is archived (${status} ${day})`, {
    hint: `docket show ${key} shows it, and docket reopen ${key} brings it back`,
  });
}
