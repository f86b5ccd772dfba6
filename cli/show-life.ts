import { type Env, stateFolder } from '../lib/config/paths.ts';
import { snapshotIdOf } from '../lib/config/snapshot-id.ts';
import { isFresh, stamp, stampName, unstamp } from '../lib/state/stamp.ts';
import type { OpenScope } from './open-scope.ts';

/**
 * Writes the worker's sign of life, at most once a minute. It is a courtesy to others: when it
 * fails, the verb has succeeded all the same.
 */
export async function showLife({ scope, context }: OpenScope, env: Env): Promise<void> {
  const folder = stateFolder(env);
  const { session: sessionId } = scope.worker;
  const listId = snapshotIdOf(context);
  const name = stampName(sessionId, listId);
  if (isFresh(folder, name)) return;
  stamp(folder, name);
  try {
    const { describeSession } = await import('../lib/briefing/session-start.ts');
    const { touch } = await import('../lib/tracker/runs/sessions.ts');
    const session = describeSession({ sessionId, context, stateFolder: folder, listId }, env);
    await touch(scope.store, session);
  } catch {
    // The next command tries again.
    unstamp(folder, name);
  }
}
