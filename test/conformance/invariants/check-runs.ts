import type { Db } from '../../../lib/store/contract.ts';
import { text, textOrNull } from '../../../lib/store/sql/columns.ts';
import type { StoredTask } from '../tasks/stored-task.ts';

/** Runs and blocked times that are not what their task's status says. */
export async function findRunViolations(
  db: Db,
  workspaceId: string,
  tasks: ReadonlyMap<string, StoredTask>,
): Promise<readonly string[]> {
  const running = await db.query(
    "SELECT task_id, session_id FROM agent_runs WHERE workspace_id = ? AND status = 'running'",
    [workspaceId],
  );
  const holders = new Map(running.map((row) => [text(row, 'task_id'), text(row, 'session_id')]));
  const blocks = await db.query(
    'SELECT open_task_id FROM task_blocks WHERE workspace_id = ? AND open_task_id IS NOT NULL',
    [workspaceId],
  );
  const blocked = new Set(blocks.map((row) => textOrNull(row, 'open_task_id')));
  return [...tasks.values()].flatMap((task) => {
    const found: string[] = [];
    const isLeaf = task.children.length === 0;
    const isWorkedOn = isLeaf && task.status === 'in_progress';
    if (isWorkedOn !== holders.has(task.id))
      found.push(`${task.key} is ${task.status} by its runs not`);
    if (isWorkedOn && holders.get(task.id) !== task.claim?.session) {
      found.push(`${task.key} is held by one session and run by another`);
    }
    if ((isLeaf && task.status === 'blocked') !== blocked.has(task.id)) {
      found.push(`${task.key} is ${task.status} by its blocked times not`);
    }
    return found;
  });
}
