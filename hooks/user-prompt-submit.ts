import { inHookContext } from '../lib/briefing/hook-context.ts';
import { briefPrompt } from '../lib/briefing/prompt-briefing.ts';
import { tellOnce } from '../lib/briefing/tell-once.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'UserPromptSubmit',
  (input) =>
    inHookContext(input, env, {
      work: (place) => briefPrompt(place, { env, now: Date.now() }),
      onTrouble: (error, sessionId) => tellOnce(error, sessionId, { env }),
    }),
  { logFile: hookLog(env) },
);
