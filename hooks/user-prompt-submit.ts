import { briefPrompt } from '../lib/briefing/prompt-briefing.ts';
import { findSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'UserPromptSubmit',
  async (input) => {
    const place = findSessionPlace(input, env);
    return place && briefPrompt(place, { env, now: Date.now() });
  },
  { logFile: hookLog(env) },
);
