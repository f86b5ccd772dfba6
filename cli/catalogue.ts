import type { Load } from './command/command.ts';
import type { listCommands } from './list-commands.ts';
import type { movingCommands } from './moving-commands.ts';
import type { rareCommands } from './rare-commands.ts';
import type { setUpCommands } from './set-up-commands.ts';
import type { workCommands } from './work-commands.ts';

interface Group {
  readonly title: string;
  readonly commands: Readonly<Record<string, Load>>;
}

/** Loads a command from the bundle of those that show the list. */
function look(name: keyof typeof listCommands): Load {
  return async () => (await import('./list-commands.ts')).listCommands[name]();
}

/** Loads a command from the bundle of those that work on one task. */
function work(name: keyof typeof workCommands): Load {
  return async () => (await import('./work-commands.ts')).workCommands[name]();
}

/** Loads a command from the bundle of rare commands. */
function more(name: keyof typeof rareCommands): Load {
  return async () => (await import('./rare-commands.ts')).rareCommands[name]();
}

/** Loads a command from the bundle of those that set docket up. */
function setUp(name: keyof typeof setUpCommands): Load {
  return async () => (await import('./set-up-commands.ts')).setUpCommands[name]();
}

/** Loads a command from the bundle of those that move a list. */
function moving(name: keyof typeof movingCommands): Load {
  return async () => (await import('./moving-commands.ts')).movingCommands[name]();
}

/** All commands, in the order of `docket help`. The file of a command is read only when it runs. */
export const groups: readonly Group[] = [
  {
    title: 'Look',
    commands: {
      overview: more('overview'),
      who: more('who'),
      list: look('list'),
      ready: look('ready'),
      show: work('show'),
      search: more('search'),
      recap: more('recap'),
      stats: more('stats'),
      checklist: more('checklist'),
      runs: more('runs'),
      log: more('log'),
      history: more('history'),
      at: more('at'),
      diff: more('diff'),
    },
  },
  {
    title: 'Add',
    commands: {
      create: work('create'),
      plan: more('plan'),
      note: work('note'),
      link: more('link'),
      unlink: more('unlink'),
    },
  },
  {
    title: 'Work',
    commands: {
      run: more('run'),
      claim: work('claim'),
      start: more('start'),
      stop: more('stop'),
      release: work('release'),
      update: more('update'),
      report: more('report'),
      block: more('block'),
      unblock: more('unblock'),
      close: work('close'),
      cancel: more('cancel'),
      reopen: more('reopen'),
      undo: more('undo'),
    },
  },
  {
    title: 'Whom work is for',
    commands: {
      client: more('client'),
      project: more('project'),
      infra: more('infra'),
      insight: more('insight'),
      'work-item': more('work-item'),
      billing: more('billing'),
    },
  },
  {
    title: 'Set up',
    commands: {
      init: setUp('init'),
      uninstall: setUp('uninstall'),
      trust: setUp('trust'),
      statusline: setUp('statusline'),
      doctor: setUp('doctor'),
      verify: () => import('./commands/verify.ts'),
      where: setUp('where'),
      server: setUp('server'),
      migrate: setUp('migrate'),
      completion: setUp('completion'),
    },
  },
  {
    title: 'The list as a whole',
    commands: {
      outbox: more('outbox'),
      notify: more('notify'),
      archive: moving('archive'),
      copy: moving('copy'),
      export: moving('export'),
      import: moving('import'),
      backup: moving('backup'),
      restore: moving('restore'),
    },
  },
];

/** Other names of commands. */
export const aliases: Readonly<Record<string, string>> = {
  ls: 'list',
  add: 'create',
  done: 'close',
  complete: 'close',
};

export const commands: ReadonlyMap<string, Load> = new Map(
  groups.flatMap((group) => Object.entries(group.commands)),
);
