import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { isToAnswer } from '../lib/briefing/one-answer.ts';
import { briefSubagent } from '../lib/briefing/subagent-start.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SubagentStart',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && (await briefSubagent(hook, input, { env, now: Date.now() }));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env), isToAnswer: (text) => isToAnswer(env, text) },
);
