import { text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { insertRow, type WriteStatement } from '../sql/write.ts';

/** Records that a task is blocked from now on, until `endBlock`. */
export function insertBlock(block: {
  readonly id: string;
  readonly workspaceId: string;
  readonly taskId: string;
  readonly reason: string;
  /** UTC text as stored. */
  readonly at: string;
}): WriteStatement {
  return insertRow('task_blocks', {
    id: block.id,
    workspace_id: block.workspaceId,
    task_id: block.taskId,
    open_task_id: block.taskId,
    reason: block.reason,
    started_at: block.at,
  });
}

/** Records that a task is no longer blocked. One that an older docket blocked has no row. */
export function endBlock(taskId: string, at: string): WriteStatement {
  return {
    sql: 'UPDATE task_blocks SET open_task_id = NULL, ended_at = ? WHERE open_task_id = ?',
    params: [at, taskId],
  };
}

/** Asks since when each of these tasks is blocked, where that is known. */
export function blockStarts(taskIds: readonly string[]): Request<ReadonlyMap<string, string>> {
  return inList(
    taskIds,
    (list) => `SELECT open_task_id, started_at FROM task_blocks WHERE open_task_id IN (${list})`,
    (rows) => new Map(rows.map((row) => [text(row, 'open_task_id'), time(row, 'started_at')])),
  );
}
