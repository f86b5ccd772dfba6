import type { Db } from '../../../lib/store/contract.ts';
import { integer, text, textOrNull } from '../../../lib/store/sql/columns.ts';
import type { StoredTask } from '../tasks/stored-task.ts';

/**
 * What is billed and should not be, or the other way round: each completed, billable task of a
 * client that is no subtask has one work item that is not archived, and nothing else has.
 */
export async function findWorkItemViolations(
  db: Db,
  { workspaceId, tasks }: { workspaceId: string; tasks: ReadonlyMap<string, StoredTask> },
): Promise<readonly string[]> {
  const rows = await db.query(
    `SELECT linked_task_id, client_id, billable_minutes FROM work_items
     WHERE workspace_id = ? AND archived_at IS NULL`,
    [workspaceId],
  );
  const billed = rows.map((row) => text(row, 'linked_task_id')).sort();
  const wanted = [...tasks.values()].filter(isToBill).map(({ id }) => id);
  const found: string[] = [];
  if (String(billed) !== String(wanted.sort())) {
    const keys = (ids: readonly string[]) => ids.map((id) => tasks.get(id)?.key ?? id).join(', ');
    found.push(`billed are ${keys(billed)} and to be billed ${keys(wanted)}`);
  }
  for (const row of rows) {
    const task = tasks.get(text(row, 'linked_task_id'));
    if (task?.clientId !== textOrNull(row, 'client_id')) {
      found.push(`${task?.key} is billed to another client`);
    }
    if (integer(row, 'billable_minutes') < 0)
      found.push(`${task?.key} is billed less than nothing`);
  }
  for (const task of tasks.values()) {
    if (task.parent !== undefined && task.clientId !== task.parent.clientId) {
      found.push(`${task.key} is for another client than its parent`);
    }
  }
  return found;
}

function isToBill({ parentId, status, billable, clientId }: StoredTask): boolean {
  return parentId === null && status === 'completed' && billable && clientId !== null;
}
