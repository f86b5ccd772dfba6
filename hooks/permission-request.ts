import { inHookContext } from '../lib/briefing/hook-context.ts';
import { redirectTool } from '../lib/briefing/redirect-tool.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// The template's ask rule makes Claude Code ask about these tools. Where docket has no list, only
// an answer that allows keeps them working.
const allow = { allow: true };

void runHook(
  'PermissionRequest',
  async (input) => {
    const answer = await inHookContext(input, env, {
      work: async (place) => redirectTool(place, input, { env, now: Date.now() }),
    });
    return answer ?? allow;
  },
  { logFile: hookLog(env), onFailure: allow },
);
