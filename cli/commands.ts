import type { Command } from './command.ts';
import type { Noun } from './noun.ts';

type Load = () => Promise<{ readonly command: Command | Noun }>;

interface Group {
  readonly title: string;
  readonly commands: Readonly<Record<string, Load>>;
}

/** Every command, in the order of `docket help`. A command's file is read only when it runs. */
export const groups: readonly Group[] = [
  {
    title: 'Look',
    commands: {
      list: () => import('./commands/list.ts'),
      ready: () => import('./commands/ready.ts'),
      show: () => import('./commands/show.ts'),
      search: () => import('./commands/search.ts'),
      recap: () => import('./commands/recap.ts'),
      stats: () => import('./commands/stats.ts'),
      checklist: () => import('./commands/checklist.ts'),
      runs: () => import('./commands/runs.ts'),
      log: () => import('./commands/log.ts'),
    },
  },
  {
    title: 'Add',
    commands: {
      create: () => import('./commands/create.ts'),
      plan: () => import('./commands/plan.ts'),
      note: () => import('./commands/note.ts'),
      link: () => import('./commands/link.ts'),
      unlink: () => import('./commands/unlink.ts'),
    },
  },
  {
    title: 'Work',
    commands: {
      run: () => import('./commands/run.ts'),
      claim: () => import('./commands/claim.ts'),
      release: () => import('./commands/release.ts'),
      update: () => import('./commands/update.ts'),
      report: () => import('./commands/report.ts'),
      block: () => import('./commands/block.ts'),
      unblock: () => import('./commands/unblock.ts'),
      close: () => import('./commands/close.ts'),
      cancel: () => import('./commands/cancel.ts'),
      reopen: () => import('./commands/reopen.ts'),
    },
  },
  {
    title: 'Whom work is for',
    commands: {
      client: () => import('./commands/client.ts'),
      project: () => import('./commands/project.ts'),
      infra: () => import('./commands/infra.ts'),
      insight: () => import('./commands/insight.ts'),
      'work-item': () => import('./commands/work-item.ts'),
      billing: () => import('./commands/billing.ts'),
    },
  },
  {
    title: 'Set up',
    commands: {
      init: () => import('./commands/init.ts'),
      uninstall: () => import('./commands/uninstall.ts'),
      trust: () => import('./commands/trust.ts'),
      doctor: () => import('./commands/doctor.ts'),
      where: () => import('./commands/where.ts'),
      migrate: () => import('./commands/migrate.ts'),
    },
  },
];

/** Other names of commands. */
export const aliases: Readonly<Record<string, string>> = { complete: 'close' };

export const commands: ReadonlyMap<string, Load> = new Map(
  groups.flatMap((group) => Object.entries(group.commands)),
);
