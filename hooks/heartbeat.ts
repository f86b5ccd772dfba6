import { beat } from '../lib/briefing/heartbeat.ts';
import { inHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// Of several events, all of which are answered alike: with nothing.
void runHook(
  'UserPromptSubmit',
  (input) => inHookContext(input, env, { work: (place) => beat(place, env, Date.now()) }),
  { logFile: hookLog(env) },
);
