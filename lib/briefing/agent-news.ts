import type { HookAnswer } from '../hook-io/output.ts';
import { takeNews } from '../state/agent-news.ts';
import type { HookContext } from './hook-context.ts';

/** Tells a session, before all else, what became of the reports of its agents. */
export function withNews(
  { agentId, sessionId, stateFolder }: HookContext,
  answer: HookAnswer | undefined,
): HookAnswer | undefined {
  const news = agentId === undefined ? takeNews(stateFolder, sessionId) : undefined;
  if (news === undefined) return answer;
  return { ...answer, context: [news, answer?.context].filter(Boolean).join('\n\n') };
}
