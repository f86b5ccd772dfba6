import type { Load } from './command/command.ts';

/** The commands that set docket up and look after it, in a bundle of their own. */
export const setUpCommands = {
  init: () => import('./commands/init.ts'),
  uninstall: () => import('./commands/uninstall.ts'),
  trust: () => import('./commands/trust.ts'),
  statusline: () => import('./commands/statusline.ts'),
  doctor: () => import('./commands/doctor.ts'),
  where: () => import('./commands/where.ts'),
  server: () => import('./commands/server.ts'),
  migrate: () => import('./commands/migrate.ts'),
  completion: () => import('./commands/completion.ts'),
} as const satisfies Readonly<Record<string, Load>>;
