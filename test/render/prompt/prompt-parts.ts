import type { PromptClaim, PromptList } from '../../../lib/model/prompt/list.ts';

export const at = '2026-11-21T10:02:33.000Z';
export const probe = { scope: 'here', isAlive: () => true };
/** Who is shown the list. */
export const reader = { actor: 'alice@one', session: '3f2a-77', probe };

/** A list with nothing open. */
export const empty: PromptList = {
  slug: 'web',
  seq: 7,
  at,
  mine: [],
  others: [],
  blocked: [],
  ready: [],
  waiting: [],
  counts: { inProgress: 0, blocked: 0, ready: 0, waiting: 0 },
};

/** A task that somebody else does. */
export function claimed(key: string, change: Partial<PromptClaim> = {}): PromptClaim {
  return {
    key,
    priority: 1,
    title: `Title of ${key}`,
    session: 'another',
    agent: 'main',
    actor: 'bob@two',
    since: '2026-11-21T09:50:00.000Z',
    holder: null,
    lastNote: null,
    plan: null,
    ...change,
  };
}

/** As many tasks, each another. */
export function tasks(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    key: `web-a${index}`,
    priority: 2,
    title: `Task ${index}`,
    plan: null,
  }));
}

/** A plan that is under way. */
export const auth = { title: 'API authentication', done: 1, total: 4 };
