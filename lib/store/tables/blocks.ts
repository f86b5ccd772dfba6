import type { Db, Dialect } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { now } from '../sql/now.ts';
import { insertRow, runWrites, type WriteStatement } from '../sql/write.ts';

/** A task's time in status `blocked`. */
export interface NewBlock {
  readonly id: string;
  readonly workspaceId: string;
  readonly taskId: string;
  readonly reason: string;
}

/** Records that a task is blocked from now until `endBlock`. */
export async function insertBlock(db: Db, block: NewBlock): Promise<void> {
  await runWrites(db, [insertBlockStatement(db.dialect, block)]);
}

export function insertBlockStatement(
  dialect: Dialect,
  { id, workspaceId, taskId, reason }: NewBlock,
): WriteStatement {
  return insertRow(dialect, 'task_blocks', {
    id,
    workspace_id: workspaceId,
    task_id: taskId,
    open_task_id: taskId,
    reason,
    started_at: now,
  });
}

/** Ends a task's block. A task that an older docket blocked has no row. */
export async function endBlock(db: Db, taskId: string): Promise<void> {
  await runWrites(db, [endBlockStatement(db.dialect, taskId)]);
}

export function endBlockStatement(dialect: Dialect, taskId: string): WriteStatement {
  return {
    sql: `UPDATE task_blocks SET open_task_id = NULL, ended_at = ${dialect.now}
     WHERE open_task_id = ?`,
    params: [taskId],
  };
}

/** Since when each of these tasks is blocked, where that is known. */
export async function findBlockStarts(
  db: Db,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT open_task_id, started_at FROM task_blocks WHERE open_task_id IN (${list})`,
  );
  return new Map(rows.map((row) => [text(row, 'open_task_id'), time(row, 'started_at')]));
}
