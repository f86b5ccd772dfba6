import type { Load } from './command/command.ts';

/** The commands that move a list or a large part of it, in a bundle of their own. */
export const movingCommands = {
  archive: () => import('./commands/archive.ts'),
  copy: () => import('./commands/copy.ts'),
  export: () => import('./commands/export.ts'),
  import: () => import('./commands/import.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
} as const satisfies Readonly<Record<string, Load>>;
