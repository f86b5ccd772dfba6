import { describeSession } from '../access/describe-session.ts';
import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import { heartbeatFile, recordHeartbeat } from '../state/heartbeat.ts';
import { readSession } from '../state/session-state.ts';
import { endSession, writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { HookContext } from './hook-context.ts';
import { readDeadline } from './read-list.ts';
import { withStore } from './with-store.ts';
import { registerDeadline } from './write-limits.ts';

/** Writes a session's heartbeat, at most once a minute. It runs beside the turn. */
export async function keepSessionAlive(
  hook: HookContext,
  env: Env,
  now: number,
): Promise<undefined> {
  if (isOpen(readBreaker(hook.stateFolder, hook.listId), now)) return;
  const write = () => {
    const { actor = plainActor(env) } = readSession(hook.stateFolder, hook.sessionId);
    const session = describeSession({ ...hook, actor }, env);
    return withStore(hook, env, {
      deadline: registerDeadline,
      work: (store) => writeHeartbeat(store, session),
    });
  };
  await recordHeartbeat(heartbeatFile(hook.stateFolder, hook.sessionId), write, now);
}

/** Ends a session, except after /clear, where the same process goes on. */
export async function finishSession(
  hook: HookContext,
  { env, now, reason }: { env: Env; now: number; reason: string },
): Promise<undefined> {
  if (reason === 'clear') return;
  if (isOpen(readBreaker(hook.stateFolder, hook.listId), now)) return;
  await withStore(hook, env, {
    // Claude Code waits for this before it ends.
    deadline: readDeadline,
    work: (store) => endSession(store, hook.sessionId, reason.slice(0, 64)),
  });
}
