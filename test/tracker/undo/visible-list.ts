import type { Db } from '../../../lib/store/contract.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';

/**
 * Everything that a list says of its tasks, by key, but times, numbers of events and counters. A
 * task that was made by mistake and is cancelled is not of the list.
 */
export async function visibleList(db: Db, workspaceId: string) {
  const tasks = [...(await readTasks(db, workspaceId)).values()];
  const runs = await db.query(
    `SELECT r.task_id, r.agent, r.role, r.attempt, r.cycle, r.session_id, r.agent_id, r.status,
       r.verdict FROM agent_runs r WHERE r.workspace_id = ? ORDER BY r.started_at, r.id`,
    [workspaceId],
  );
  const items = await db.query(
    `SELECT linked_task_id, solution, session_id FROM work_items
     WHERE workspace_id = ? AND archived_at IS NULL ORDER BY linked_task_id`,
    [workspaceId],
  );
  return tasks
    .filter(({ outcome }) => outcome !== 'undone')
    .map((task) => ({
      key: task.key,
      ...{ status: task.status, queue: task.queue, waitingFor: task.waitingFor },
      ...{ title: task.title, priority: task.priority, outcome: task.outcome },
      ...{ context: task.context, assignedAgent: task.assignedAgent },
      ...{ blockedReason: task.blockedReason, billableMinutes: task.billableMinutes },
      claim: task.claim && [task.claim.session, task.claim.agent, task.claim.actor],
      ...{ due: task.due, notBefore: task.notBefore, labels: task.labels },
      ...{ startsAt: task.startsAt, readyAt: task.readyAt },
      needs: task.needs
        .filter(({ outcome }) => outcome !== 'undone')
        .map(({ key }) => key)
        .sort(),
      isStarted: task.startedAt !== null,
      runs: runs.filter((run) => run.task_id === task.id),
      items: items.filter((item) => item.linked_task_id === task.id),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
