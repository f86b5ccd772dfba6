import { redirectTool } from '../lib/briefing/redirect-tool.ts';
import { findSessionPlace } from '../lib/briefing/session-place.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// The template's ask rule makes Claude Code ask about these tools. Where docket has no list, only
// an answer that allows keeps them working.
void runHook(
  'PermissionRequest',
  async (input) => {
    const place = findSessionPlace(input, env);
    return (place && redirectTool(place, input, { env, now: Date.now() })) ?? { allow: true };
  },
  { logFile: hookLog(env), onFailure: { allow: true } },
);
