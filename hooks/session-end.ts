import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { finishSession } from '../lib/briefing/heartbeat.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SessionEnd',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      const reason = input.reason ?? 'other';
      return hook && (await finishSession(hook, { env, now: Date.now(), reason }));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
