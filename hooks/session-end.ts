import { end } from '../lib/briefing/heartbeat.ts';
import { inHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SessionEnd',
  (input) =>
    inHookContext(input, env, {
      work: (place) => end(place, { env, now: Date.now(), reason: input.reason ?? 'other' }),
    }),
  { logFile: hookLog(env) },
);
