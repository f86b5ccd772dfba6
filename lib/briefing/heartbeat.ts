import { describeSession } from '../access/describe-session.ts';
import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { mainAgent } from '../model/worker.ts';
import { isQueueInUse } from '../outbox/queue-folder.ts';
import { keepNews } from '../state/agent-news.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import { hasEdits, hasTouchedSince } from '../state/edits.ts';
import { heartbeatFile, recordHeartbeat } from '../state/heartbeat.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession } from '../state/session-state.ts';
import { endSession, writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import type { HookContext } from './hook-context.ts';
import { readDeadline } from './read-list.ts';
import { withStore } from './with-store.ts';
import { registerDeadline } from './write-limits.ts';

/** The milliseconds in which a session that has edited files asks who else does. */
const asksFor = 8 * 3_600_000;

/** The milliseconds in which it begins to send a queued change. */
const sendsFor = 1_000;

/**
 * Writes a session's heartbeat, at most once a minute, and with it the files that it has edited. It
 * runs beside the turn, and sends what was queued while the database was away.
 *
 * @returns which other sessions edit the same files, once of each.
 */
export async function keepSessionAlive(
  hook: HookContext,
  env: Env,
  now: number,
): Promise<HookAnswer | undefined> {
  const { stateFolder, sessionId } = hook;
  if (isOpen(readBreaker(stateFolder, hook.listId), now)) return;
  let told: string | undefined;
  let failure: unknown;
  const write = () => {
    const { actor = plainActor(env) } = readSession(stateFolder, sessionId);
    const session = describeSession({ ...hook, actor }, env);
    return withStore(hook, env, {
      deadline: registerDeadline,
      work: async (store) => {
        await writeHeartbeat(store, session);
        try {
          await sendQueued(hook, scopeOf(hook, { store, actor }), env);
          told = await followEdits(hook, scopeOf(hook, { store, actor }), { env, now });
        } catch (error) {
          // The session is alive all the same; the rest waits for the next heartbeat.
          failure = error;
        }
      },
    });
  };
  await recordHeartbeat(heartbeatFile(stateFolder, sessionId), write, now);
  if (failure !== undefined) throw failure;
  return told === undefined ? undefined : { context: told };
}

/** Sends what was queued while the database was away, and has the session told. */
async function sendQueued(hook: HookContext, scope: Scope, env: Env): Promise<void> {
  if (!isQueueInUse(env, hook.listId)) return;
  const { sendInHook } = await import('../access/send-queued.ts');
  const news = await sendInHook({ scope, context: hook.context, env }, sendsFor);
  if (news !== undefined) keepNews(hook.stateFolder, hook.sessionId, `${news}.`);
}

async function followEdits(
  hook: HookContext,
  scope: Scope,
  { env, now }: { readonly env: Env; readonly now: number },
): Promise<string | undefined> {
  const { stateFolder, sessionId } = hook;
  const isNoted = hasEdits(stateFolder, sessionId);
  if (!isNoted && !hasTouchedSince(stateFolder, sessionId, now - asksFor)) return undefined;
  const { flushEdits, tellSharedFiles } = await import('./edits.ts');
  if (isNoted) await flushEdits(hook, scope, env);
  return tellSharedFiles(hook, scope);
}

/**
 * Answers the event that a heartbeat came with; at the end of a turn, which takes no answer, the
 * session is told with its next prompt.
 */
export function answerHeartbeat(
  { stateFolder, sessionId }: HookContext,
  event: string | undefined,
  answer: HookAnswer | undefined,
): HookAnswer | undefined {
  if (answer?.context === undefined) return undefined;
  if (event === 'PostToolUse' || event === 'UserPromptSubmit') return { ...answer, event };
  keepNews(stateFolder, sessionId, answer.context);
  return undefined;
}

/**
 * Writes what is left of a session's edits and ends it, except after /clear, where the same process
 * goes on.
 */
export async function finishSession(
  hook: HookContext,
  { env, now, reason }: { env: Env; now: number; reason: string },
): Promise<undefined> {
  const { stateFolder, sessionId } = hook;
  const isNoted = hasEdits(stateFolder, sessionId);
  if (reason === 'clear' && !isNoted) return;
  if (isOpen(readBreaker(stateFolder, hook.listId), now)) return;
  await withStore(hook, env, {
    // Claude Code waits for this before it ends.
    deadline: readDeadline,
    work: async (store) => {
      const { actor = plainActor(env) } = readSession(stateFolder, sessionId);
      const flush = async () => {
        if (!isNoted) return;
        const { flushEdits } = await import('./edits.ts');
        await flushEdits(hook, scopeOf(hook, { store, actor }), env);
      };
      try {
        await flush();
      } finally {
        if (reason !== 'clear') await endSession(store, sessionId, reason.slice(0, 64));
      }
    },
  });
}

function scopeOf(
  { sessionId, context }: HookContext,
  { store, actor }: { readonly store: Scope['store']; readonly actor: string },
): Scope {
  return {
    store,
    workspaceId: context.workspace.id,
    worker: { session: sessionId, agent: mainAgent, actor },
    probe: createProcessProbe(),
  };
}
