import type { Load } from './rare-commands.ts';

/** The commands that move a whole list, in a bundle of their own. */
export const movingCommands = {
  copy: () => import('./commands/copy.ts'),
  export: () => import('./commands/export.ts'),
  import: () => import('./commands/import.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
} as const satisfies Readonly<Record<string, Load>>;
