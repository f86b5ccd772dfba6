import type { Task } from '../../../lib/model/task/task.ts';
import type { Db } from '../../../lib/store/contract.ts';
import { text } from '../../../lib/store/sql/columns.ts';
import { taskColumns, toTask } from '../../../lib/store/tables/task-row.ts';

/** A row of the list with what stands around it. */
export interface StoredTask extends Task {
  readonly parent: StoredTask | undefined;
  readonly children: readonly StoredTask[];
  /** The tasks that it needs. */
  readonly needs: readonly StoredTask[];
}

/** Every task of a workspace, by id. */
export async function readTasks(
  db: Db,
  workspaceId: string,
): Promise<ReadonlyMap<string, StoredTask>> {
  const rows = await db.query(
    `SELECT ${taskColumns} FROM tasks WHERE workspace_id = ? ORDER BY id`,
    [workspaceId],
  );
  const links = await db.query(
    `SELECT d.task_id, d.depends_on_id FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
     WHERE t.workspace_id = ? AND d.type = 'blocks'`,
    [workspaceId],
  );
  const tasks = rows.map(toTask).map((task) => ({
    ...task,
    parent: undefined as StoredTask | undefined,
    children: [] as StoredTask[],
    needs: [] as StoredTask[],
  }));
  const byId = new Map(tasks.map((task) => [task.id, task]));
  for (const task of tasks) {
    const parent = task.parentId === null ? undefined : byId.get(task.parentId);
    task.parent = parent;
    parent?.children.push(task);
  }
  for (const link of links) {
    const target = byId.get(text(link, 'depends_on_id'));
    if (target) byId.get(text(link, 'task_id'))?.needs.push(target);
  }
  return byId;
}

export function isOpen({ status }: Pick<Task, 'status'>): boolean {
  return status !== 'completed' && status !== 'cancelled';
}
