import { stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { heartbeatFile, heartbeatName, recordHeartbeat } from '../state/heartbeat.ts';
import type { OpenList } from './list-context.ts';

/**
 * Keeps the session of a worker alive that has used a list. The heartbeat is a courtesy to others:
 * when it fails, the operation has succeeded all the same.
 */
export async function keepWorkerAlive({ scope, context, env }: OpenList): Promise<void> {
  if (context === undefined) return;
  const { session: sessionId } = scope.worker;
  const name = heartbeatName(sessionId, snapshotIdOf(context));
  try {
    await recordHeartbeat(heartbeatFile(stateFolder(env), name), async () => {
      const { describeSession } = await import('./describe-session.ts');
      const { writeHeartbeat } = await import('../tracker/runs/sessions.ts');
      await writeHeartbeat(scope.store, describeSession({ sessionId, context }, env));
    });
  } catch {
    // The next operation tries again.
  }
}
