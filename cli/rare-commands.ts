import type { Load } from './command/command.ts';

/**
 * The commands that are not typed all day, in a bundle of their own: each command pays at its start
 * for everything in its bundle (measured: 1 ms for 100 kB).
 */
export const rareCommands = {
  overview: () => import('./commands/overview.ts'),
  who: () => import('./commands/who.ts'),
  search: () => import('./commands/search.ts'),
  recap: () => import('./commands/recap.ts'),
  stats: () => import('./commands/stats.ts'),
  checklist: () => import('./commands/checklist.ts'),
  runs: () => import('./commands/runs.ts'),
  log: () => import('./commands/log.ts'),
  history: () => import('./commands/history.ts'),
  at: () => import('./commands/at.ts'),
  diff: () => import('./commands/diff.ts'),
  link: () => import('./commands/link.ts'),
  unlink: () => import('./commands/unlink.ts'),
  start: () => import('./commands/start.ts'),
  stop: () => import('./commands/stop.ts'),
  reopen: () => import('./commands/reopen.ts'),
  update: () => import('./commands/update.ts'),
  plan: () => import('./commands/plan.ts'),
  run: () => import('./commands/run.ts'),
  undo: () => import('./commands/undo.ts'),
  report: () => import('./commands/report.ts'),
  block: () => import('./commands/block.ts'),
  unblock: () => import('./commands/unblock.ts'),
  cancel: () => import('./commands/cancel.ts'),
  client: () => import('./commands/client.ts'),
  project: () => import('./commands/project.ts'),
  infra: () => import('./commands/infra.ts'),
  insight: () => import('./commands/insight.ts'),
  notify: () => import('./commands/notify.ts'),
  'work-item': () => import('./commands/work-item.ts'),
  outbox: () => import('./commands/outbox.ts'),
  billing: () => import('./commands/billing.ts'),
} as const satisfies Readonly<Record<string, Load>>;

/** Loads what renders help. */
export const loadHelp = () => import('./help.ts');

/** Loads what queues a change while the database is away. */
export const loadQueueing = () => import('./command/queue-instead.ts');

/** Loads what shows a list as it was. */
export const loadAt = () => import('./commands/at.ts');

/** Loads what runs a command again and again. */
export const loadWatch = () => import('./command/watch.ts');

/** Loads what starts an editor. */
export const loadEditor = () => import('./terminal/editor.ts');

/** Loads what answers a shell that completes a word. */
export const loadCompletion = () => import('./completion/answer.ts');
