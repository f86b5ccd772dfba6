import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { givenTaskOf } from '../lib/briefing/given-task.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { nameWorker, refuseToManage } from '../lib/briefing/name-worker.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      if (hook === undefined) return undefined;
      const findGiven = () => givenTaskOf(hook, input)?.key;
      return refuseToManage(input, findGiven) ?? nameWorker(input);
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
