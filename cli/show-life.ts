import { databaseUrl } from '../lib/config/database.ts';
import { type Env, stateFolder } from '../lib/config/paths.ts';
import { isFresh, stamp } from '../lib/state/stamp.ts';
import type { OpenScope } from './open-scope.ts';

/**
 * Writes the worker's sign of life, at most once a minute. It is a courtesy to others: when it
 * fails, the verb has succeeded all the same.
 */
export async function showLife({ scope, context }: OpenScope, env: Env): Promise<void> {
  const folder = stateFolder(env);
  const { session: sessionId } = scope.worker;
  // A stamp is named after its session; a terminal's name has characters that a stamp cannot have.
  const name = sessionId.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  if (isFresh(folder, name)) return;
  stamp(folder, name);
  try {
    const { describeSession } = await import('../lib/briefing/session-start.ts');
    const { touch } = await import('../lib/tracker/sessions.ts');
    const listId = { database: databaseUrl(context.database), workspace: context.workspace.id };
    const session = describeSession({ sessionId, context, stateFolder: folder, listId }, env);
    await touch(scope.store, session);
  } catch {
    // The next command tries again.
  }
}
