import { withNews } from '../lib/briefing/agent-news.ts';
import { tellOnce } from '../lib/briefing/config-trouble.ts';
import { findHookContext } from '../lib/briefing/hook-context.ts';
import { isToAnswer } from '../lib/briefing/one-answer.ts';
import { briefPrompt } from '../lib/briefing/prompt-briefing.ts';
import { hookLog } from '../lib/config/paths.ts';
import { runHook } from '../lib/hook-io/run-hook.ts';

const { env } = process;

void runHook(
  'UserPromptSubmit',
  async (input) => {
    try {
      const hook = findHookContext(input, env);
      return hook && withNews(hook, await briefPrompt(hook, { env, now: Date.now() }));
    } catch (error) {
      return tellOnce(error, input, { env });
    }
  },
  { logFile: hookLog(env), isToAnswer: (text) => isToAnswer(env, text) },
);
