import type { PastEvent } from '../../model/figures/recap.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../contract.ts';
import { text, textOrNull, time } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { taskColumns, toTask } from '../tables/task-row.ts';

/** The newest events of a workspace without what they changed, newest first. */
export async function findPastEvents(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<readonly PastEvent[]> {
  const rows = await db.query(
    `SELECT verb, task_id, session_id, actor, created_at FROM task_events WHERE workspace_id = ?
     ORDER BY workspace_id DESC, seq DESC LIMIT ${limit}`,
    [workspaceId],
  );
  return rows.map((row) => ({
    verb: text(row, 'verb'),
    taskId: textOrNull(row, 'task_id'),
    session: text(row, 'session_id'),
    actor: text(row, 'actor'),
    createdAt: time(row, 'created_at'),
  }));
}

/** What these sessions hold, in any workspace, and whether it is blocked or not. */
export async function findHeldTasks(
  db: Db,
  sessionIds: readonly string[],
): Promise<readonly Task[]> {
  const rows = await queryIn(
    db,
    sessionIds,
    (list) => `SELECT ${taskColumns} FROM tasks WHERE claim_session_id IN (${list})`,
  );
  return rows.map(toTask);
}

/** The beginning of the newest note of each of these tasks that has one. */
export async function findLastNotes(
  db: Db,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT t.id, (SELECT SUBSTR(n.body, 1, 200) FROM task_notes n
       WHERE n.task_id = t.id ORDER BY n.task_id DESC, n.created_at DESC, n.id DESC LIMIT 1) AS body
     FROM tasks t WHERE t.id IN (${list})`,
  );
  const found = rows.filter((row) => row.body !== null);
  return new Map(found.map((row) => [text(row, 'id'), text(row, 'body')]));
}
