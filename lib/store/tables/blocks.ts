import type { Db } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';

/** A task is put aside: from now until `endBlock`. */
export async function insertBlock(
  db: Db,
  block: { id: string; workspaceId: string; taskId: string; reason: string },
): Promise<void> {
  await db.run(
    `INSERT INTO task_blocks (id, workspace_id, task_id, open_task_id, reason, started_at)
     VALUES (?, ?, ?, ?, ?, ${db.dialect.now})`,
    [block.id, block.workspaceId, block.taskId, block.taskId, block.reason],
  );
}

/** What it waited for has happened. A task that was blocked by an older docket has no row. */
export async function endBlock(db: Db, taskId: string): Promise<void> {
  await db.run(
    `UPDATE task_blocks SET open_task_id = NULL, ended_at = ${db.dialect.now}
     WHERE open_task_id = ?`,
    [taskId],
  );
}

/** Since when each of these tasks is put aside, where that is known. */
export function blockStarts(taskIds: readonly string[]): Request<ReadonlyMap<string, string>> {
  return inList(
    taskIds,
    (list) => `SELECT open_task_id, started_at FROM task_blocks WHERE open_task_id IN (${list})`,
    (rows) => new Map(rows.map((row) => [text(row, 'open_task_id'), time(row, 'started_at')])),
  );
}
