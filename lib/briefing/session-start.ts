import { appendFileSync, existsSync } from 'node:fs';
import { actorOf, hostOf } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { type Deadline, withDeadline } from '../hook-io/deadline.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { rulesOfUse } from '../render/rules.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import { createProcessProbe, processStart } from '../state/process-probe.ts';
import { forgetOldSessions, updateSession } from '../state/session-state.ts';
import { stamp } from '../state/stamp.ts';
import { openTracker } from '../tracker/open.ts';
import { inheritClaims, startSession } from '../tracker/sessions.ts';
import { ensureWorkspace } from '../tracker/workspace.ts';
import { briefPrompt } from './prompt-briefing.ts';
import type { SessionPlace } from './session-place.ts';

/** Registering writes, so it may take longer than reading; Claude Code gives it 5 s. */
export const registerDeadline: Deadline = { firstByte: 40, total: 250 };

/** Milliseconds a hook waits for a SQLite writer's lock. */
const busyTimeout = 1_000;

/** A session as its hooks know it; CLAUDE_PID is the Claude Code process. */
export function describeSession(place: SessionPlace, env: Env) {
  const pid = Number(env.CLAUDE_PID);
  const id = Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  return {
    id: place.sessionId,
    workspaceId: place.context.workspace.id,
    actor: actorOf(env),
    host: hostOf(),
    processScope: createProcessProbe().scope,
    processId: id,
    processStart: id === null ? null : processStart(id),
    cwd: place.context.folder.slice(0, 1_024),
  };
}

/**
 * Begins a session: binds its commands to its list, registers it, and gives the rules and the
 * whole list. Rules and binding do not need the database.
 */
export async function briefSessionStart(
  place: SessionPlace,
  options: { env: Env; now: number; source: string; binFolder: string; deadline?: Deadline },
): Promise<HookAnswer> {
  const { env, now, source, binFolder, deadline = registerDeadline } = options;
  updateSession(place.stateFolder, place.sessionId, { folder: place.context.folder });
  forgetOldSessions(place.stateFolder, now);
  putOnPath(env, binFolder);
  await register(place, { env, now, source, deadline });
  const answer = await briefPrompt(place, { env, now, whole: true });
  const context = [rulesOfUse, answer?.context].filter(Boolean).join('\n\n');
  return { ...answer, context };
}

/** A failure here is found and told by the reading that follows. */
async function register(
  place: SessionPlace,
  { env, now, source, deadline }: { env: Env; now: number; source: string; deadline: Deadline },
): Promise<void> {
  if (isOpen(readBreaker(place.stateFolder, place.listId), now)) return;
  try {
    const connection = planConnection(place.context, env);
    const session = describeSession(place, env);
    await withDeadline(async (onFirstByte) => {
      const store = await openTracker(connection, { busyTimeout, onFirstByte });
      await ensureWorkspace(store, place.context.workspace, session.actor);
      await startSession(store, session);
      const { processScope: scope, processId: id, processStart: start } = session;
      if (source === 'clear' && scope !== null && id !== null && start !== null) {
        const worker = { session: session.id, agent: 'main', actor: session.actor };
        const probe = createProcessProbe();
        const workspaceId = place.context.workspace.id;
        await inheritClaims({ store, workspaceId, worker, probe }, { scope, id, start });
      }
      await store.close();
    }, deadline);
    stamp(place.stateFolder, place.sessionId);
  } catch {
    // Said by the reading, or by `docket doctor`.
  }
}

/** Claude Code sources this file before each command of the Bash tool. */
function putOnPath(env: Env, binFolder: string): void {
  const file = env.CLAUDE_ENV_FILE;
  if (!file || !existsSync(binFolder)) return;
  const quoted = `'${binFolder.replaceAll("'", "'\\''")}'`;
  try {
    appendFileSync(file, `export PATH=${quoted}:"$PATH"\n`);
  } catch {
    // The person's own PATH may have docket as well.
  }
}
