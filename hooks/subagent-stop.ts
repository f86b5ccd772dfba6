import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { isToAnswer } from '../lib/briefing/one-answer.ts';
import { takeReport } from '../lib/briefing/take-report.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SubagentStop',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && (await takeReport(hook, input, { env, now: Date.now() }));
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env), isToAnswer: (text) => isToAnswer(env, text) },
);
