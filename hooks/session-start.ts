import { dirname, join } from 'node:path';
import { tellOnce } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { isToAnswer } from '../lib/briefing/one-answer.ts';
import { briefSessionStart } from '../lib/briefing/session-start.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;
const binFolder = join(dirname(process.argv[1] ?? ''), '..', 'bin');

void runHook(
  'SessionStart',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      const source = input.source ?? 'startup';
      return hook && (await briefSessionStart(hook, { env, now: Date.now(), source, binFolder }));
    } catch (error) {
      return tellOnce(error, input, { env, isStart: true });
    }
  },
  { logFile: hookLog(env), isToAnswer: (text) => isToAnswer(env, text) },
);
