import { appendFileSync, existsSync } from 'node:fs';
import { describeSession } from '../access/describe-session.ts';
import { refuseIfUsedBefore, refuseMissingFile } from '../access/require-known-list.ts';
import { actorOf } from '../config/actor.ts';
import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { readText } from '../filesystem/read-file.ts';
import { type Deadline, DeadlineError, withDeadline } from '../hook-io/deadline.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { type Connection, needsNetwork } from '../model/connection.ts';
import { shellWord } from '../model/shell-word.ts';
import { mainAgent } from '../model/worker.ts';
import { isQueueInUse } from '../outbox/queue-folder.ts';
import { rulesOfRun, rulesOfUse } from '../render/prompt/rules.ts';
import { renderStartLine } from '../render/prompt/start-line.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { isOpen, readBreaker, tripBreaker } from '../state/breaker.ts';
import { markEditor } from '../state/edits.ts';
import { heartbeatFile } from '../state/heartbeat.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { markServerUse } from '../state/server-mark.ts';
import { forgetOldSessions, readSession, writeSession } from '../state/session-state.ts';
import { ensureWorkspace } from '../tracker/database/join-workspace.ts';
import { type Notice, openStoreOf } from '../tracker/database/open.ts';
import { startSession } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import type { HookContext } from './hook-context.ts';
import { mostValues } from './most-values.ts';
import { briefPrompt } from './prompt-briefing.ts';
import { busyTimeout, largestMigration, registerDeadline } from './write-limits.ts';

export interface SessionStartOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly source: string;
  readonly binFolder: string;
  readonly deadline?: Deadline;
}

/**
 * Begins a session: binds its commands to its list, registers it, and gives the rules and the
 * whole list. Rules and binding do not need the database.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function briefSessionStart(
  hook: HookContext,
  options: SessionStartOptions,
): Promise<HookAnswer> {
  const { env, now } = options;
  const actor = actorOf(env, hook.context.folder);
  writeSession(hook.stateFolder, hook.sessionId, {
    ...readSession(hook.stateFolder, hook.sessionId),
    folder: hook.context.folder,
    actor,
  });
  markEditor(hook.stateFolder, hook.sessionId);
  forgetOldSessions(hook.stateFolder, now);
  putOnPath(env, options.binFolder);
  const connection = planConnection(hook.context, env);
  markServerUse(hook.stateFolder, needsNetwork(connection));
  const { notice, moved, mode } = await register({ ...hook, actor }, connection, options);
  const greet = isGreeted(options) ? renderStartLine : undefined;
  const answer = await briefPrompt(hook, { env, now, isStart: true, greet });
  const context = [env.DOCKET_RUN ? rulesOfRun : rulesOfUse, moved, mode, answer?.context]
    .filter(Boolean)
    .join('\n\n');
  const queued = await tellQueued(hook, env);
  const notices = [notice, moved, queued].map((text) => text && `docket: ${text}.`);
  const systemMessage = [...notices, answer?.systemMessage].filter(Boolean).join(' ');
  return { ...answer, context, ...(systemMessage === '' ? {} : { systemMessage }) };
}

/** Says what waits, or conflicted, since the database was away. */
async function tellQueued({ context, listId }: HookContext, env: Env): Promise<string | undefined> {
  if (!isQueueInUse(env, listId)) return undefined;
  return (await import('../access/send-queued.ts')).tellQueued({ context, env });
}

/** Whether a person sees how the list stands: they have begun, and nobody reads what `-p` says. */
function isGreeted({ env, source }: SessionStartOptions): boolean {
  const isBegun = source === 'startup' || source === 'resume' || source === 'clear';
  return isBegun && env.CLAUDE_CODE_SESSION_ATTENDED !== '0';
}

interface Registered {
  /** What the person should hear of a list that was migrated. */
  readonly notice?: string | undefined;
  /** That the list goes on in another database. */
  readonly moved?: string | undefined;
  /** For whom the project's tasks are. */
  readonly mode?: string | undefined;
}

/**
 * Registers the session, and finds for whom the project's tasks are. The reading that follows finds
 * and tells of a failure.
 */
async function register(
  hook: HookContext & { readonly actor: string },
  connection: Connection,
  { env, now, source, deadline = registerDeadline }: SessionStartOptions,
): Promise<Registered> {
  const tell = modeTeller(hook, env);
  if (isOpen(readBreaker(hook.stateFolder, hook.listId), now)) return { mode: await tell() };
  const session = describeSession(hook, env);
  let isFull = false;
  let notice: string | undefined;
  let moved: string | undefined;
  let mode: string | undefined;
  const onNotice = ({ kind, text }: Notice) => {
    if (kind === 'migrated') notice = text;
    if (kind === 'moved') moved = safeLine(text, 1_000);
  };
  try {
    await withDeadline(async (onFirstByte) => {
      const onRetry = () => {
        isFull = true;
      };
      const { context } = hook;
      refuseMissingFile(context, connection, env);
      const open = {
        busyTimeout,
        mostValues,
        onFirstByte,
        onRetry,
        onNotice,
        largestMigration,
      };
      const { store, hasWorkspace } = await openStoreOf(connection, context.workspace.id, open);
      try {
        if (!hasWorkspace) {
          refuseIfUsedBefore(context, env);
          await ensureWorkspace(store, context.workspace, session.actor);
        }
        await startSession(store, session);
        if (source === 'clear' || source === 'fork') await inherit(store, session, source);
        mode = await tell({ store, workspaceId: context.workspace.id });
      } finally {
        await store.close();
      }
    }, deadline);
    heartbeatFile(hook.stateFolder, hook.sessionId).mark();
  } catch (error) {
    // A silent server would be waited for once more by the reading.
    const isSilent = error instanceof DeadlineError && needsNetwork(connection) && !isFull;
    if (isSilent) tripBreaker(hook.stateFolder, hook.listId, { now, reason: error.message });
  }
  return { notice, moved, mode: mode ?? (await tell()) };
}

/** Makes what tells of the mode, which is code that a project without one does not load. */
function modeTeller({ context }: HookContext, env: Env) {
  const config = context.search.project?.config;
  // An agent of a plan creates no tasks, and is told what is known with its own.
  if (config?.mode === undefined || env.DOCKET_RUN) return () => undefined;
  return async (list?: Pick<Scope, 'store' | 'workspaceId'>) => {
    const { tellMode } = await import('./tell-mode.ts');
    return tellMode(config, list);
  };
}

/**
 * Takes over what the session before /clear or /branch holds, where this one's process is known:
 * a fork in a process of its own finds none.
 */
async function inherit(
  store: Scope['store'],
  session: ReturnType<typeof describeSession>,
  source: 'clear' | 'fork',
): Promise<void> {
  const { workspaceId, processScope: scope, processId: id, processStart: start } = session;
  if (scope === null || id === null || start === null) return;
  const worker = { session: session.id, agent: mainAgent, actor: session.actor };
  const probe = createProcessProbe();
  const hasEnded = source === 'fork';
  // It writes as verbs do, which is as much code again as the rest of this hook.
  const { inheritClaims } = await import('../tracker/runs/inherit-claims.ts');
  await inheritClaims({ store, workspaceId, worker, probe }, { scope, id, start, hasEnded });
}

/** Each hook of a session adds some lines to it. */
const mostBytes = 1024 * 1024;

/** Puts docket on the PATH of the Bash tool: Claude Code sources this file before each command. */
function putOnPath(env: Env, binFolder: string): void {
  const file = env.CLAUDE_ENV_FILE;
  if (!file || !existsSync(binFolder)) return;
  const line = `export PATH=${shellWord(binFolder)}:"$PATH"\n`;
  try {
    // A session starts again when it is resumed or compacted, with the same file.
    if (readText(file, mostBytes)?.includes(line)) return;
    appendFileSync(file, line);
  } catch {
    // The person's own PATH may have docket as well.
  }
}
