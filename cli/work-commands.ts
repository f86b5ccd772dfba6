import type { Load } from './command/command.ts';

/** The commands by which one task is worked on, all day, in a bundle of their own. */
export const workCommands = {
  show: () => import('./commands/show.ts'),
  create: () => import('./commands/create.ts'),
  note: () => import('./commands/note.ts'),
  claim: () => import('./commands/claim.ts'),
  release: () => import('./commands/release.ts'),
  close: () => import('./commands/close.ts'),
} as const satisfies Readonly<Record<string, Load>>;
