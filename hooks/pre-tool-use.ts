import { redirectTool } from '../lib/briefing/redirect-tool.ts';
import { inSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  (input) =>
    inSessionPlace(input, env, {
      work: async (place) => redirectTool(place, input, { env, now: Date.now() }),
    }),
  { logFile: hookLog(env) },
);
