import type { Load } from './command/command.ts';

/** The commands of whom work is for and what it comes to, in a bundle of their own. */
export const registryCommands = {
  client: () => import('./commands/client.ts'),
  project: () => import('./commands/project.ts'),
  infra: () => import('./commands/infra.ts'),
  insight: () => import('./commands/insight.ts'),
  'work-item': () => import('./commands/work-item.ts'),
  billing: () => import('./commands/billing.ts'),
} as const satisfies Readonly<Record<string, Load>>;
