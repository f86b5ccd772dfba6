import { isAbsolute } from 'node:path';
import { type Env, stateFolder } from '../config/paths.ts';
import { type Context, resolveContext } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { DocketError } from '../model/errors.ts';
import type { ListId } from '../state/snapshot.ts';

/** Where a hook's session stands: its list, and where this machine keeps what it knows of it. */
export interface HookContext {
  readonly sessionId: string;
  readonly context: Context & { readonly workspace: { id: string; slug: string } };
  readonly stateFolder: string;
  /** What snapshot and breaker are keyed by. */
  readonly listId: ListId;
}

interface Input {
  readonly session_id: string | undefined;
  readonly cwd: string | undefined;
}

/** Claude Code's are UUIDs; what cannot be one is nobody's session. */
const sessionPattern = /^[\x21-\x7e]{1,128}$/;

/**
 * Does a hook's work in the place of its session; nothing where docket was never initialised. A
 * configuration that cannot be used is no failure of the hook, but `onTrouble`'s to tell.
 */
export async function inHookContext(
  input: Input,
  env: Env,
  options: {
    readonly work: (place: HookContext) => Promise<HookAnswer | undefined>;
    readonly onTrouble?: (error: DocketError, sessionId: string) => HookAnswer | undefined;
  },
): Promise<HookAnswer | undefined> {
  const sessionId = input.session_id ?? env.CLAUDE_CODE_SESSION_ID ?? '';
  if (!sessionPattern.test(sessionId)) return undefined;
  try {
    const place = findPlace(sessionId, input, env);
    return place && (await options.work(place));
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return options.onTrouble?.(error, sessionId);
  }
}

/**
 * CLAUDE_PROJECT_DIR is the folder the session started in, while a hook's own cwd follows every
 * `cd`.
 */
function findPlace(sessionId: string, input: Input, env: Env): HookContext | undefined {
  const folder = env.CLAUDE_PROJECT_DIR || input.cwd || process.cwd();
  if (!isAbsolute(folder) || folder.includes('\0')) return undefined;
  const context = resolveContext(folder, env);
  const { workspace } = context;
  if (workspace === undefined) return undefined;
  return {
    sessionId,
    context: { ...context, workspace },
    stateFolder: stateFolder(env),
    listId: snapshotIdOf({ ...context, workspace }),
  };
}
