import type { Load } from './command/command.ts';

/** The commands that hand work to agents, or run until they are stopped, in a bundle of their own. */
export const runningCommands = {
  plan: () => import('./commands/plan.ts'),
  run: () => import('./commands/run.ts'),
  notify: () => import('./commands/notify.ts'),
} as const satisfies Readonly<Record<string, Load>>;
