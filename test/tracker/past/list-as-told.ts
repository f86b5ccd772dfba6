import type { Db } from '../../../lib/store/contract.ts';
import { text } from '../../../lib/store/sql/columns.ts';
import { readContext } from '../../../lib/tracker/stored-json.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';

/** Everything that a list tells of its tasks, by key: what must be the same when it is told later. */
export async function listAsTold(db: Db, workspaceId: string) {
  const tasks = [...(await readTasks(db, workspaceId)).values()];
  const placed = await db.query(
    `SELECT i.task_id, e.slug FROM task_infrastructure i JOIN infrastructure e
       ON e.id = i.infrastructure_id WHERE e.workspace_id = ? ORDER BY e.slug`,
    [workspaceId],
  );
  const links = await db.query(
    `SELECT d.task_id, d.type, n.task_key FROM task_dependencies d
       JOIN tasks n ON n.id = d.depends_on_id WHERE n.workspace_id = ?
     ORDER BY n.task_key, d.type`,
    [workspaceId],
  );
  return tasks
    .map((task) => {
      const { parent, children, needs: _, context, revision, updatedAt, ...told } = task;
      const { position, startsAt, waitingFor, subtasksLeft, createdSession, ...plain } = told;
      return {
        ...plain,
        parent: parent?.key ?? null,
        subtasks: children.map(({ key }) => key).sort(),
        context: readContext(context),
        placed: placed.filter((row) => row.task_id === task.id).map((row) => text(row, 'slug')),
        links: links
          .filter((row) => row.task_id === task.id)
          .map((row) => `${text(row, 'type')} ${text(row, 'task_key')}`),
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
