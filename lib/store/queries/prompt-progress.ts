import { keysBelow, parentKey } from '../../model/task/key-tree.ts';
import type { Db, Row } from '../contract.ts';
import { integer, text } from '../sql/columns.ts';

/**
 * Counts the leaves of the plans whose steps have steps of their own, as checklists do. Most plans
 * are flat: theirs are counted with the list, and this asks nothing then.
 */
export async function withProgress(db: Db, rows: readonly Row[]): Promise<readonly Row[]> {
  const nested = new Set(rows.flatMap((row) => nestedPlan(row) ?? []));
  if (nested.size === 0) return rows;
  const counted = await db.query(
    [...nested]
      .map(
        () => `SELECT ? AS plan_key, COUNT(*) AS plan_total,
           COALESCE(SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), 0) AS plan_done
         FROM tasks WHERE task_key >= ? AND task_key < ? AND subtask_count = 0
           AND COALESCE(status, '') <> 'cancelled'`,
      )
      .join(' UNION ALL '),
    [...nested].flatMap((key) => {
      const { from, to } = keysBelow(key);
      return [key, from, to];
    }),
  );
  const progress = new Map(
    counted.map((row) => [
      text(row, 'plan_key'),
      { plan_total: integer(row, 'plan_total'), plan_done: integer(row, 'plan_done') },
    ]),
  );
  return rows.map((row) => ({ ...row, ...progress.get(nestedPlan(row) ?? '') }));
}

/** The key of a row's plan where its own steps do not say how far it is. */
function nestedPlan({ task_key, plan_title, plan_done }: Row): string | null {
  return plan_title === null || plan_done !== null ? null : parentKey(String(task_key));
}
