import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { giveTask } from '../lib/briefing/give-task.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && (await giveTask(hook, input, { env, now: Date.now() }));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
