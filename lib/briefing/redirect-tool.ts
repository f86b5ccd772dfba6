import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import type { HookInput } from '../hook-io/input.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { taskTools } from '../model/task-tools.ts';
import { renderRedirect } from '../render/prompt/redirect.ts';
import { isLikelyAway, readBreaker } from '../state/breaker.ts';
import type { HookContext } from './hook-context.ts';

/**
 * Refuses a built-in task tool with the command to use instead. It reads no database, as a
 * tool call must not wait for one.
 *
 * @returns undefined when the call may pass, as it is of another tool.
 * @throws DocketError `not_trusted`, `invalid_config`: without docket, the built-in tools work.
 */
export function redirectTool(
  hook: HookContext,
  input: Pick<HookInput, 'tool_name' | 'tool_input'>,
  { env, now }: { env: Env; now: number },
): HookAnswer | undefined {
  const tool = taskTools.find((name) => name === input.tool_name);
  if (tool === undefined) return undefined;
  planConnection(hook.context, env);
  const isAway = isLikelyAway(readBreaker(hook.stateFolder, hook.listId), now);
  return {
    deny: renderRedirect(tool, input.tool_input, { isAway, isRun: Boolean(env.DOCKET_RUN) }),
  };
}
