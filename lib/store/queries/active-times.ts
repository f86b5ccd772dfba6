import type { Complexity, TaskType } from '../../model/task/task.ts';
import type { Db } from '../contract.ts';
import { integer, text } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';

/** Tasks that are like each other. */
export interface Kind {
  readonly workspaceId: string;
  readonly type: TaskType;
  /** Null: of whatever complexity. */
  readonly complexity: Complexity | null;
}

/** Those of a complexity are looked for among so many of the type, the newest. */
const lookedAt = 1_000;

/** Milliseconds that the newest completed leaves of a kind were worked on, so many at most. */
export async function findActiveTimes(
  db: Db,
  kind: Kind,
  limit: number,
): Promise<readonly number[]> {
  const ids = await findCompletedIds(db, kind, limit);
  const rows = await queryIn(
    db,
    ids,
    (list) => `SELECT task_id, SUM(active_ms) AS active_ms FROM agent_runs
     WHERE task_id IN (${list}) GROUP BY task_id`,
  );
  return rows.map((row) => integer(row, 'active_ms'));
}

async function findCompletedIds(
  db: Db,
  { workspaceId, type, complexity }: Kind,
  limit: number,
): Promise<readonly string[]> {
  // Dolt needs the bound to go along the index, and COALESCE not to take another one.
  const ofType = `SELECT id, completed_at, estimated_complexity
    FROM tasks ${db.dialect.along('tasks_by_kind')}
    WHERE workspace_id = ? AND task_type = ? AND completed_at >= '2000-01-01 00:00:00.000'
      AND COALESCE(status, '') = 'completed' AND subtask_count = 0
    ORDER BY workspace_id DESC, task_type DESC, completed_at DESC, id DESC`;
  const rows =
    complexity === null
      ? await db.query(`${ofType} LIMIT ${limit}`, [workspaceId, type])
      : await db.query(
          `SELECT id, completed_at FROM (${ofType} LIMIT ${lookedAt}) AS c
           WHERE estimated_complexity = ?`,
          [workspaceId, type, complexity],
        );
  return rows
    .map((row) => ({ id: text(row, 'id'), at: text(row, 'completed_at') }))
    .sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0))
    .slice(0, limit)
    .map(({ id }) => id);
}
