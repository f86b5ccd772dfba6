import { beat } from '../lib/briefing/heartbeat.ts';
import { findSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'UserPromptSubmit',
  async (input) => {
    const place = findSessionPlace(input, env);
    if (place !== undefined) await beat(place, env, Date.now());
    return undefined;
  },
  { logFile: hookLog(env) },
);
