import type { Task } from '../model/task.ts';
import { findRunning, renameRun } from '../store/tables/runs.ts';
import { updateTask } from '../store/tables/tasks.ts';
import { makeToken } from './ids.ts';
import type { Write } from './write.ts';

/** Names another agent for a task, and for its run under way if it has one. */
export async function reassign(write: Write, task: Task, agent: string): Promise<void> {
  const [run] = await findRunning(write.db, [task.id]);
  const before = run?.agent ?? task.assignedAgent ?? '';
  if (before === agent && task.assignedAgent === agent) return;
  if (run !== undefined) await renameRun(write.db, run.id, agent);
  await updateTask(write.db, task, { assigned_agent: agent, revision: makeToken() });
  write.record({
    verb: 'reassigned',
    taskId: task.id,
    runId: run?.id,
    key: task.key,
    old: { agent: before },
    new: { agent },
  });
}
