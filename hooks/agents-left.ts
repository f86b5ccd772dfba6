import { settleAgents } from '../lib/briefing/agents-left.ts';
import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// It answers nothing, as no event of an end is answered.
void runHook(
  'Stop',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && (await settleAgents(hook, input, { env, now: Date.now() }));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
