import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import type { HookInput } from '../hook-io/input.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { DocketError } from '../model/errors.ts';
import { renderRedirect, taskTools } from '../render/redirect.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import type { SessionPlace } from './session-place.ts';

/**
 * Refuses a built-in task tool with the command to use instead. Reads no database: a tool call
 * must not wait for one.
 *
 * @returns undefined when the call may pass: another tool, or a database that docket may not use.
 */
export function redirectTool(
  place: SessionPlace,
  input: HookInput,
  { env, now }: { env: Env; now: number },
): HookAnswer | undefined {
  const tool = taskTools.find((name) => name === input.tool_name);
  if (tool === undefined || !mayConnect(place, env)) return undefined;
  const isAway = isOpen(readBreaker(place.stateFolder, place.listId), now);
  return { deny: renderRedirect(tool, input.tool_input, { isAway }) };
}

function mayConnect(place: SessionPlace, env: Env): boolean {
  try {
    planConnection(place.context, env);
    return true;
  } catch (error) {
    if (error instanceof DocketError) return false;
    throw error;
  }
}
