import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { redirectTool } from '../lib/briefing/redirect-tool.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && redirectTool(hook, input, { env, now: Date.now() });
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
