import type { Load } from './command/command.ts';

/**
 * The commands that are not typed all day, in a bundle of their own: each command pays at its start
 * for everything in its bundle (measured: 1 ms for 100 kB).
 */
export const rareCommands = {
  link: () => import('./commands/link.ts'),
  unlink: () => import('./commands/unlink.ts'),
  start: () => import('./commands/start.ts'),
  stop: () => import('./commands/stop.ts'),
  reopen: () => import('./commands/reopen.ts'),
  update: () => import('./commands/update.ts'),
  undo: () => import('./commands/undo.ts'),
  report: () => import('./commands/report.ts'),
  block: () => import('./commands/block.ts'),
  unblock: () => import('./commands/unblock.ts'),
  cancel: () => import('./commands/cancel.ts'),
  outbox: () => import('./commands/outbox.ts'),
} as const satisfies Readonly<Record<string, Load>>;

/** Loads what queues a change while the database is away. */
export const loadQueueing = () => import('./command/queue-instead.ts');
