import { actorOf } from '../config/actor.ts';
import { namedActor, plainActor } from '../config/identity.ts';
import { type Env, stateFolder } from '../config/paths.ts';
import { DocketError } from '../model/errors.ts';
import { codePoints, limits } from '../model/limits.ts';
import { terminalPrefix } from '../model/liveness.ts';
import type { Worker } from '../model/task/task.ts';
import { mainAgent, oneCommand } from '../model/worker.ts';
import { readSession } from '../state/session-state.ts';

/** What tells who acts beside the environment. */
export interface WorkerPlace {
  /** The folder for which git is asked for the person's name. */
  readonly folder: string | undefined;
  /** Whether a person sits at a terminal of the process. */
  readonly isTerminal: boolean;
}

/**
 * Finds who acts: the Claude Code session (its Bash tool sets the variable), else DOCKET_SESSION,
 * else the person at the terminal. A command that has none of these is a worker of its own. The
 * actor is found out when it is first read: only what writes needs it, and git may be asked.
 *
 * @throws DocketError `usage` when a variable is too long, not UTF-8 or has control characters.
 */
export function findWorker(env: Env, { folder, isTerminal }: WorkerPlace): Worker {
  const session = namedSession(env) ?? (isTerminal ? terminal(env) : oneCommand(terminal(env)));
  const agent = env.DOCKET_AGENT?.trim() || mainAgent;
  requireLength('the session', session, limits.session);
  requireLength('DOCKET_AGENT', agent, limits.agent);
  requirePlain('the session', session);
  requirePlain('DOCKET_AGENT', agent);
  requirePlain('DOCKET_ACTOR', namedActor(env) ?? '');
  let found: string | undefined;
  return {
    session,
    agent,
    get actor() {
      found ??= namedActor(env) ?? rememberedActor(env) ?? actorOf(env, folder);
      return found;
    },
  };
}

/** Gives the session that the environment names. */
export function namedSession(env: Env): string | undefined {
  return env.CLAUDE_CODE_SESSION_ID?.trim() || env.DOCKET_SESSION?.trim() || undefined;
}

/** The account and host, not the name of the person, which two people may share. */
function terminal(env: Env): string {
  return `${terminalPrefix}${plainActor(env).slice(0, 100)}`;
}

/** The name that the start of the Claude Code session found out. */
function rememberedActor(env: Env): string | undefined {
  const session = env.CLAUDE_CODE_SESSION_ID?.trim();
  return session ? readSession(stateFolder(env), session).actor : undefined;
}

function requireLength(what: string, text: string, limit: number): void {
  if (codePoints(text) <= limit) return;
  throw new DocketError('usage', `${what} has more than ${limit} characters`);
}

/** Node.js puts a replacement character in the place of what is not UTF-8. */
function requirePlain(what: string, text: string): void {
  if (!/[\p{Cc}\ufffd]/u.test(text)) return;
  throw new DocketError('usage', `${what} has control characters or is not UTF-8`);
}
