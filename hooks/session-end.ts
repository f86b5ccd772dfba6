import { end } from '../lib/briefing/heartbeat.ts';
import { inSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SessionEnd',
  (input) =>
    inSessionPlace(input, env, {
      work: (place) => end(place, { env, now: Date.now(), reason: input.reason ?? 'other' }),
    }),
  { logFile: hookLog(env) },
);
