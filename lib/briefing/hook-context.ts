import { isAbsolute } from 'node:path';
import { type Env, stateFolder } from '../config/paths.ts';
import { type Context, resolveContext } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { workingFolder } from '../config/working-folder.ts';
import type { ListId } from '../state/snapshot.ts';

/** What a hook works with: its session, the session's list, and this machine's memory of it. */
export interface HookContext {
  readonly sessionId: string;
  /** The subagent whose conversation the hook is part of; undefined in the session's own. */
  readonly agentId: string | undefined;
  readonly context: Context & { readonly workspace: { id: string; slug: string } };
  readonly stateFolder: string;
  /** Snapshot and breaker are keyed by it. */
  readonly listId: ListId;
}

/** What Claude Code says of the session. */
export interface SessionInput {
  readonly session_id: string | undefined;
  readonly agent_id?: string | undefined;
  readonly cwd: string | undefined;
}

/** Claude Code's ids are UUIDs; what does not match is nobody's session. */
const sessionPattern = /^[\x21-\x7e]{1,128}$/;

/**
 * Finds the context of a hook; undefined where docket was never initialised. CLAUDE_PROJECT_DIR is
 * the folder the session started in, while a hook's own cwd follows every `cd`.
 *
 * @throws DocketError `invalid_config`, `invalid_input`: `tellOnce` and `ignoreTrouble` take it.
 */
export function findHookContext(input: SessionInput, env: Env): HookContext | undefined {
  const sessionId = findSessionId(input, env);
  const folder = env.CLAUDE_PROJECT_DIR || input.cwd || workingFolder();
  if (sessionId === undefined || folder === undefined) return undefined;
  if (!isAbsolute(folder) || folder.includes('\0')) return undefined;
  const context = resolveContext(folder, env);
  const { workspace } = context;
  if (workspace === undefined) return undefined;
  return {
    sessionId,
    agentId: input.agent_id,
    context: { ...context, workspace },
    stateFolder: stateFolder(env),
    listId: snapshotIdOf({ ...context, workspace }),
  };
}

export function findSessionId(
  { session_id }: Pick<SessionInput, 'session_id'>,
  env: Env,
): string | undefined {
  const id = session_id ?? env.CLAUDE_CODE_SESSION_ID ?? '';
  return sessionPattern.test(id) ? id : undefined;
}
