import type { Load } from './command/command.ts';

interface Group {
  readonly title: string;
  readonly commands: Readonly<Record<string, Load>>;
}

/** Makes what loads a command from one of the bundles. */
function from<Name extends string>(
  bundle: () => Promise<Readonly<Record<Name, Load>>>,
): (name: Name) => Load {
  return (name) => async () => (await bundle())[name]();
}

const list = from(async () => (await import('./list-commands.ts')).listCommands);
const look = from(async () => (await import('./looking-commands.ts')).lookingCommands);
const past = from(async () => (await import('./past-commands.ts')).pastCommands);
const work = from(async () => (await import('./work-commands.ts')).workCommands);
const more = from(async () => (await import('./rare-commands.ts')).rareCommands);
const running = from(async () => (await import('./running-commands.ts')).runningCommands);
const registry = from(async () => (await import('./registry-commands.ts')).registryCommands);
const setUp = from(async () => (await import('./set-up-commands.ts')).setUpCommands);
const moving = from(async () => (await import('./moving-commands.ts')).movingCommands);

/** All commands, in the order of `docket help`. The file of a command is read only when it runs. */
export const groups: readonly Group[] = [
  {
    title: 'Look',
    commands: {
      overview: look('overview'),
      who: look('who'),
      list: list('list'),
      ready: list('ready'),
      show: work('show'),
      search: look('search'),
      recap: look('recap'),
      stats: look('stats'),
      checklist: look('checklist'),
      runs: look('runs'),
      log: look('log'),
      history: past('history'),
      at: past('at'),
      diff: past('diff'),
    },
  },
  {
    title: 'Add',
    commands: {
      create: work('create'),
      plan: running('plan'),
      note: work('note'),
      link: more('link'),
      unlink: more('unlink'),
    },
  },
  {
    title: 'Work',
    commands: {
      run: running('run'),
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
      client: registry('client'),
      project: registry('project'),
      infra: registry('infra'),
      insight: registry('insight'),
      'work-item': registry('work-item'),
      billing: registry('billing'),
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
      notify: running('notify'),
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
