import { actorOf } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import { DocketError } from '../model/errors.ts';
import { codePoints, limits } from '../model/limits.ts';
import { terminalPrefix } from '../model/liveness.ts';
import type { Worker } from '../model/task/task.ts';

/**
 * Finds who acts: the Claude Code session (its Bash tool sets the variable), else DOCKET_SESSION,
 * else the person at a terminal.
 *
 * @throws DocketError `usage` when a variable is too long.
 */
export function findWorker(env: Env): Worker {
  const actor = actorOf(env);
  const session =
    env.CLAUDE_CODE_SESSION_ID?.trim() ||
    env.DOCKET_SESSION?.trim() ||
    `${terminalPrefix}${actor}`.slice(0, limits.session);
  const agent = env.DOCKET_AGENT?.trim() || 'main';
  requireLength('the session', session, limits.session);
  requireLength('DOCKET_AGENT', agent, limits.agent);
  return { session, agent, actor };
}

function requireLength(what: string, text: string, limit: number): void {
  if (codePoints(text) <= limit) return;
  throw new DocketError('usage', `${what} has more than ${limit} characters`);
}
