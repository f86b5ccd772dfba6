import type { Complexity, TaskType } from '../../model/task/task.ts';
import type { Dialect } from '../contract.ts';
import { integer } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

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
export function activeTimesRequest(
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
  const [newest, params] =
    complexity === null
      ? [`${ofType} LIMIT ${limit}`, [workspaceId, type]]
      : [
          `SELECT id FROM (${ofType} LIMIT ${lookedAt}) AS c WHERE estimated_complexity = ?
           ORDER BY completed_at DESC LIMIT ${limit}`,
          [workspaceId, type, complexity],
        ];
  return query(
    `SELECT /*+ LOOKUP_JOIN(capped,r) */ r.task_id, SUM(r.active_ms) AS active_ms
     FROM (${newest}) AS capped JOIN agent_runs r ON r.task_id = capped.id GROUP BY r.task_id`,
    params,
    (rows) => rows.map((row) => integer(row, 'active_ms')),
  );
}
