import type { Load } from './command/command.ts';

/** The commands that tell of a list as it was, in a bundle of their own. */
export const pastCommands = {
  history: () => import('./commands/history.ts'),
  at: () => import('./commands/at.ts'),
  diff: () => import('./commands/diff.ts'),
} as const satisfies Readonly<Record<string, Load>>;

/** Loads what shows a list as it was. */
export const loadAt = () => import('./commands/at.ts');
