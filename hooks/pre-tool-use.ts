import { inHookContext } from '../lib/briefing/hook-context.ts';
import { redirectTool } from '../lib/briefing/redirect-tool.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  (input) =>
    inHookContext(input, env, {
      work: async (place) => redirectTool(place, input, { env, now: Date.now() }),
    }),
  { logFile: hookLog(env) },
);
