import { withNews } from '../lib/briefing/agent-news.ts';
import { ignoreTrouble } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

// Of two hooks that are asked at once, the one that takes the news tells it.
void runHook(
  'PostToolUse',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && withNews(hook, undefined);
    } catch (error) {
      return ignoreTrouble(error);
    }
  },
  { logFile: hookLog(env) },
);
