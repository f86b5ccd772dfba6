import { dirname, join } from 'node:path';
import { findSessionPlace } from '../lib/briefing/session-place.ts';
import { briefSessionStart } from '../lib/briefing/session-start.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'SessionStart',
  async (input) => {
    const place = findSessionPlace(input, env);
    if (place === undefined) return undefined;
    const binFolder = join(dirname(process.argv[1] ?? ''), '..', 'bin');
    const source = input.source ?? 'startup';
    return briefSessionStart(place, { env, now: Date.now(), source, binFolder });
  },
  { logFile: hookLog(env) },
);
