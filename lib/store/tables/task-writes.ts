import { chunks, placeholdersFor } from '../sql/in-list.ts';
import { assignments, type WriteStatement } from '../sql/write.ts';
import type { TaskChange } from './task-row.ts';

/** A row to change, with the revision under which the transaction has read it. */
export interface ReadRow {
  readonly id: string;
  readonly revision: string;
}

/**
 * Gives many rows the same values, by one statement for a hundred: one change can move a thousand
 * tasks, and Dolt takes milliseconds for each statement. Revisions are compared as a set, which is
 * as strict as one by one: they are random, so a row that another writer has changed has none of
 * them. Each row's new revision is `token` with the end of its own id (`revisionOf`).
 */
export function changeTaskRows(
  rows: readonly ReadRow[],
  values: TaskChange & { readonly updated_at?: string },
  token: string,
): readonly WriteStatement[] {
  const { sets, params } = assignments(values);
  return chunks(rows).map((part) => {
    const list = placeholdersFor(part);
    return {
      sql: `UPDATE tasks SET ${sets},
          revision = CONCAT(SUBSTR(?, 1, ${tokenPart}), SUBSTR(id, ${tokenPart + 1}))
        WHERE id IN (${list}) AND revision IN (${list})`,
      params: [
        ...params,
        token,
        ...part.map(({ id }) => id),
        ...part.map(({ revision }) => revision),
      ],
      mustFind: part.length,
      written: 'a task',
    };
  });
}

/** The number of characters that are kept of a random token's 36: 82 random bits. */
const tokenPart = 24;

/** Gives the revision that a transaction with this token writes to a task. */
export function revisionOf(id: string, token: string): string {
  return token.slice(0, tokenPart) + id.slice(tokenPart);
}
