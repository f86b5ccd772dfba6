import { dirname, join } from 'node:path';
import { inHookContext } from '../lib/briefing/hook-context.ts';
import { briefSessionStart } from '../lib/briefing/session-start.ts';
import { tellOnce } from '../lib/briefing/tell-once.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;
const binFolder = join(dirname(process.argv[1] ?? ''), '..', 'bin');

void runHook(
  'SessionStart',
  (input) =>
    inHookContext(input, env, {
      work: (place) =>
        briefSessionStart(place, {
          env,
          now: Date.now(),
          source: input.source ?? 'startup',
          binFolder,
        }),
      onTrouble: (error, sessionId) => tellOnce(error, sessionId, { env, isStart: true }),
    }),
  { logFile: hookLog(env) },
);
