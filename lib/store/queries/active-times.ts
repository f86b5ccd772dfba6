import type { Complexity, TaskType } from '../../model/task/task.ts';
import type { Dialect } from '../contract.ts';
import { integer } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

/** A kind of tasks that are like each other. */
export interface Kind {
  readonly workspaceId: string;
  readonly type: TaskType;
  /** Null: of any complexity. */
  readonly complexity: Complexity | null;
}

/**
 * The number of tasks of the type, the newest, among which those of a complexity are looked for.
 */
const lookedAt = 1_000;

/**
 * Asks how many milliseconds the newest completed leaves of a kind were worked on, up to a limit.
 */
export function activeTimes(
  dialect: Dialect,
  { workspaceId, type, complexity }: Kind,
  limit: number,
): Request<readonly number[]> {
  // Dolt needs the bound to go along the index, and COALESCE not to take another one.
  const ofType = `SELECT id, completed_at, estimated_complexity
    FROM tasks ${dialect.along('tasks_by_kind')}
    WHERE workspace_id = ? AND task_type = ? AND completed_at >= '2000-01-01 00:00:00.000'
      AND COALESCE(status, '') = 'completed' AND subtask_count = 0
    ORDER BY workspace_id DESC, task_type DESC, completed_at DESC, id DESC`;
  const newest =
    complexity === null
      ? `${ofType} LIMIT ${limit}`
      : `SELECT id FROM (${ofType} LIMIT ${lookedAt}) AS part_type
         WHERE estimated_complexity = ? ORDER BY completed_at DESC, id DESC LIMIT ${limit}`;
  return query(
    `SELECT (SELECT SUM(r.active_ms) FROM agent_runs r WHERE r.task_id = c.id) AS active_ms
     FROM (${newest}) AS c`,
    [workspaceId, type, ...(complexity === null ? [] : [complexity])],
    (rows) =>
      rows.filter(({ active_ms: ms }) => ms !== null).map((row) => integer(row, 'active_ms')),
  );
}
