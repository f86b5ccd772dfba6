import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { answerHeartbeat, keepSessionAlive } from '../lib/briefing/heartbeat.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// Several events end here. Most are answered with nothing.
void runHook(
  'UserPromptSubmit',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      if (hook === undefined) return undefined;
      const answer = await keepSessionAlive(hook, env, Date.now());
      return answerHeartbeat(hook, input.hook_event_name, answer);
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
