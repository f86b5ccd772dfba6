import { databaseUrl } from '../config/database.ts';
import { type Env, stateFolder } from '../config/paths.ts';
import { type Context, resolveContext } from '../config/resolve.ts';
import type { ListId } from '../state/snapshot.ts';

/** Where a hook's session stands: its list, and where this machine keeps what it knows of it. */
export interface SessionPlace {
  readonly sessionId: string;
  readonly context: Context & { readonly workspace: { id: string; slug: string } };
  readonly stateFolder: string;
  /** What snapshot and breaker are keyed by. */
  readonly listId: ListId;
}

/**
 * Finds the list of a session. CLAUDE_PROJECT_DIR is the folder the session started in, while a
 * hook's own cwd follows every `cd`.
 *
 * @returns undefined where docket was never initialised: hooks are silent there.
 * @throws DocketError `invalid_config`
 */
export function findSessionPlace(
  input: { readonly session_id?: string | undefined; readonly cwd?: string | undefined },
  env: Env,
): SessionPlace | undefined {
  const sessionId = input.session_id ?? env.CLAUDE_CODE_SESSION_ID;
  const folder = env.CLAUDE_PROJECT_DIR ?? input.cwd ?? process.cwd();
  if (!sessionId) return undefined;
  const context = resolveContext(folder, env);
  const { workspace } = context;
  if (workspace === undefined) return undefined;
  return {
    sessionId,
    context: { ...context, workspace },
    stateFolder: stateFolder(env),
    listId: { database: databaseUrl(context.database), workspace: workspace.id },
  };
}
