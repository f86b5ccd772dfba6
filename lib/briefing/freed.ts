import { type Awaited, findFreed } from '../model/prompt/awaited.ts';
import type { News } from '../model/prompt/news.ts';
import type { IsOwn } from '../model/prompt/task-change.ts';
import { renderFreed } from '../render/prompt/freed.ts';

// A bundle of its own: few prompts have something to tell of what their session waits for.

/** Tells a person which of their session's tasks others have made ready, and what it still waits for. */
export function tellFreed(
  awaited: readonly Awaited[],
  news: News,
  isOwn: IsOwn,
): { readonly message: string | undefined; readonly waiting: readonly Awaited[] } {
  const { freed, waiting } = findFreed(awaited, news, isOwn);
  return { message: freed.length > 0 ? renderFreed(freed) : undefined, waiting };
}
