import { end } from '../lib/briefing/heartbeat.ts';
import { findSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SessionEnd',
  async (input) => {
    const place = findSessionPlace(input, env);
    const reason = input.reason ?? 'other';
    if (place !== undefined) await end(place, { env, now: Date.now(), reason });
    return undefined;
  },
  { logFile: hookLog(env) },
);
