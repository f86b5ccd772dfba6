import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { nameWorker } from '../lib/briefing/name-worker.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'PreToolUse',
  async (input) => {
    try {
      return findHookContext(input, env) && nameWorker(input);
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
