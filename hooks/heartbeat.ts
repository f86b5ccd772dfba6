import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { keepSessionAlive } from '../lib/briefing/heartbeat.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// Several events end here; all are answered alike: with nothing.
void runHook(
  'UserPromptSubmit',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && (await keepSessionAlive(hook, env, Date.now()));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
