import { stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { TaskView } from '../model/answers/task.ts';
import { isOneCommand } from '../model/worker.ts';
import { heartbeatFile, heartbeatName, recordHeartbeat } from '../state/heartbeat.ts';
import type { OpenList } from './list-context.ts';

/**
 * Keeps the session of a worker alive that has used a list. The heartbeat is a courtesy to others:
 * when it fails, the operation has succeeded all the same. The session of one command is registered
 * when the command leaves a claim behind, so that its time counts; else nobody would ask for it.
 *
 * @param answer the operation's answer.
 */
export async function keepWorkerAlive(
  { scope, context, env }: OpenList,
  answer: unknown,
): Promise<void> {
  if (context === undefined) return;
  const { session: sessionId } = scope.worker;
  if (isOneCommand(sessionId) && !leavesClaim(answer, sessionId)) return;
  const name = heartbeatName(sessionId, snapshotIdOf(context));
  try {
    await recordHeartbeat(heartbeatFile(stateFolder(env), name), async () => {
      const { describeSession } = await import('./describe-session.ts');
      const { writeHeartbeat } = await import('../tracker/runs/sessions.ts');
      await writeHeartbeat(
        scope.store,
        describeSession({ sessionId, context, actor: scope.worker.actor }, env),
      );
    });
  } catch {
    // The next operation tries again.
  }
}

function leavesClaim(answer: unknown, session: string): boolean {
  const { task, tasks } = (answer ?? {}) as { readonly task?: unknown; readonly tasks?: unknown };
  // A client's answer has its tasks by their parts, which claims none.
  const several: readonly unknown[] = Array.isArray(tasks) ? tasks : [];
  return [task, ...several].some(
    (each) => (each as Partial<TaskView> | undefined)?.claim?.session === session,
  );
}
