import type { Load } from './command/command.ts';

/** The commands that show the list, the ones that are typed most, in a bundle of their own. */
export const listCommands = {
  list: () => import('./commands/list.ts'),
  ready: () => import('./commands/ready.ts'),
} as const satisfies Readonly<Record<string, Load>>;
