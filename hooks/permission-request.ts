import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
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
    try {
      const hook = findHookContext(input, env);
      return (hook && redirectTool(hook, input, { env, now: Date.now() })) ?? allow;
    } catch (error) {
      return ignoreTrouble(error) ?? allow;
    }
  },
  { logFile: hookLog(env), onFailure: allow },
);
