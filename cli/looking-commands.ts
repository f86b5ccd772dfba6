import type { Load } from './command/command.ts';

/** The commands that look at what was done, by whom and how, in a bundle of their own. */
export const lookingCommands = {
  overview: () => import('./commands/overview.ts'),
  who: () => import('./commands/who.ts'),
  search: () => import('./commands/search.ts'),
  recap: () => import('./commands/recap.ts'),
  stats: () => import('./commands/stats.ts'),
  checklist: () => import('./commands/checklist.ts'),
  runs: () => import('./commands/runs.ts'),
  log: () => import('./commands/log.ts'),
} as const satisfies Readonly<Record<string, Load>>;
