import { findListContext } from '../../lib/access/find-context.ts';
import type { ListContext } from '../../lib/access/list-context.ts';
import { type ClosableList, openList } from '../../lib/access/open-list.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { readTargets } from '../../lib/config/notify-targets.ts';
import { dataFolder } from '../../lib/config/paths.ts';
import { snapshotIdOf } from '../../lib/config/snapshot-id.ts';
import { isInsideClaudeCode } from '../../lib/config/trust.ts';
import { DocketError } from '../../lib/model/errors.ts';
import type { NotifyAnswer } from '../../lib/model/notify/answer.ts';
import { notify } from '../../lib/notify/notify.ts';
import { retryDead } from '../../lib/notify/retry-dead.ts';
import { usualGraceMs } from '../../lib/notify/sender.ts';
import { makeNotifyFolder, notifyFolder, type Telling } from '../../lib/notify/telling.ts';
import { viewDead, viewTargets } from '../../lib/notify/view.ts';
import { waitOut } from '../../lib/operations/follow-events.ts';
import { eventsOf, notify as verb } from '../../lib/operations/notify.ts';
import { renderDead, renderTargets } from '../../lib/render/notify/targets.ts';
import { holdFile } from '../../lib/tracker/database/hold-file.ts';
import { type CommandAnswer, defineCommand } from '../command/command.ts';
import { readNumber } from '../flags/shared.ts';
import type { CommandIo } from '../terminal/io.ts';

export const command = defineCommand({
  verb,
  usage: '[--once | --check | --dead [--retry]] [--from NUMBER]',
  args: { min: 0, max: 0 },
  flags: {
    once: { type: 'boolean', description: 'send what is due, try nothing twice, and end' },
    from: {
      type: 'string',
      value: 'NUMBER',
      description: 'begin after this event; 0 sends the whole history (docket log --json)',
    },
    check: { type: 'boolean', description: 'show the targets and how far they are' },
    dead: { type: 'boolean', description: 'show the events that were given up' },
    retry: { type: 'boolean', description: 'with --dead: send these again' },
  },
  examples: [
    'docket notify --check',
    'docket notify',
    'docket notify --once',
    'docket notify --dead --retry',
  ],
  async run({ flags, io }) {
    requirePerson(io);
    requireOneWay(flags);
    const { once, check, dead, retry, database } = flags;
    const from =
      flags.from === undefined
        ? undefined
        : readNumber('from', flags.from, { min: 0, max: Number.MAX_SAFE_INTEGER });
    const context = findListContext({ ...io, database });
    const telling = findTelling(context, io);
    if (check) return shown(telling, io);
    if (dead && !retry) return shownDead(telling, io);
    const signal = io.interruption?.() ?? new AbortController().signal;
    const lock = makeNotifyFolder(telling, databaseUrl(context.database));
    const release = await hold(lock, telling);
    try {
      if (dead) return await resent(telling, io, signal);
      const how = { isOnce: once, from, tell: io.progress, signal };
      const running = run(telling, { ...io, database }, how);
      // A database that does not answer keeps nobody from ending it.
      return await Promise.race([running, longAfter(signal).then(() => shown(telling, io))]);
    } finally {
      release();
    }
  },
});

/** @throws DocketError `not_trusted`: a project can set a session's variables, and so its targets. */
function requirePerson({ env }: CommandIo): void {
  if (!isInsideClaudeCode(env)) return;
  throw new DocketError('not_trusted', 'only you can send events out, not a session', {
    hint: 'Run in a terminal of your own: docket notify',
  });
}

/** @throws DocketError `usage` */
function requireOneWay(flags: {
  readonly once: boolean;
  readonly check: boolean;
  readonly dead: boolean;
  readonly retry: boolean;
  readonly from: string | undefined;
}): void {
  const ways = (['once', 'check', 'dead'] as const).filter((name) => flags[name]);
  const isLooking = flags.check || flags.dead;
  if (ways.length < 2 && (flags.dead || !flags.retry) && !(isLooking && flags.from !== undefined)) {
    return;
  }
  if (flags.retry && !flags.dead) {
    throw new DocketError(
      'usage',
      '--retry sends the events again that were given up, with --dead',
      {
        hint: 'docket notify --dead shows them; docket notify --dead --retry sends them again',
      },
    );
  }
  throw new DocketError('usage', 'these flags do not go together', {
    hint: 'docket notify [--once | --check | --dead [--retry]] [--from NUMBER]',
  });
}

/** Finds the targets of a list. @throws DocketError `invalid_config`: there are none */
function findTelling(context: ListContext, { env }: CommandIo): Telling {
  const { id, slug } = context.workspace;
  const all = readTargets(env, context);
  const targets = all.filter(({ only: { lists } }) => lists === null || lists.includes(slug));
  if (targets.length === 0) {
    throw new DocketError('invalid_config', `none of your targets is for the list ${slug}`, {
      hint: `The field "lists" of a target names those that it is for`,
    });
  }
  const folder = notifyFolder(dataFolder(env), snapshotIdOf(context));
  return { list: { id, slug }, targets, folder };
}

/**
 * Takes the list for this process, until it lets it go or has ended in any way.
 *
 * @throws DocketError `conflict`: another one has it; `invalid_config`: nobody can
 */
async function hold(lock: string, { list }: Telling): Promise<() => void> {
  const release = await holdFile(lock).catch(({ message }: Error) => {
    throw new DocketError('invalid_config', `cannot lock ${lock}: ${message}`);
  });
  if (release !== undefined) return release;
  throw new DocketError('conflict', `a docket notify of yours runs already for ${list.slug}`, {
    hint: 'docket notify --check shows how far it is',
  });
}

/** Sends events until the signal is aborted, or with `isOnce` what is due. */
async function run(
  telling: Telling,
  io: CommandIo & { readonly database: string | undefined },
  how: Omit<Parameters<typeof notify>[1], 'source'>,
): Promise<CommandAnswer> {
  const { isOnce, signal, tell } = how;
  const onOutage = ({ message }: DocketError) => tell(`${message}; waiting for it`);
  const open = () => openList({ ...io, isWatching: true });
  const list = isOnce ? await open() : await waitOut(open, { signal, onOutage });
  if (list === undefined) return shown(telling, io);
  const names = telling.targets.map(({ name }) => name).join(', ');
  if (!isOnce) {
    tell(`sending the events of ${telling.list.slug} to ${names}; Ctrl-C ends it`);
    if (io.env.HTTPS_PROXY || io.env.https_proxy)
      tell('HTTPS_PROXY does not count: docs/notify.md');
  }
  return withOpen(list, async ({ scope }) => {
    const source = eventsOf(scope, onOutage);
    const targets = await notify(telling, { ...how, source });
    const isWrong = isOnce && targets.some(({ state }) => state !== 'ready');
    return { ...answer(telling, io, { targets }), exitCode: isWrong ? 1 : 0 };
  });
}

async function withOpen<T>(
  list: ClosableList,
  work: (list: ClosableList) => Promise<T>,
): Promise<T> {
  try {
    return await work(list);
  } finally {
    await list.close();
  }
}

function shown(telling: Telling, io: CommandIo): CommandAnswer {
  return answer(telling, io, { targets: viewTargets(telling) });
}

function shownDead(telling: Telling, io: CommandIo): CommandAnswer {
  const { data } = answer(telling, io, { targets: viewTargets(telling) });
  const dead = viewDead(telling);
  const now = new Date().toISOString();
  return { data: { ...data, dead }, text: renderDead(dead, { style: io.style, now }) };
}

async function resent(
  telling: Telling,
  io: CommandIo,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const sent = await retryDead(telling, { signal });
  const targets = viewTargets(telling).map((target) => ({
    ...target,
    sent: sent.get(target.name) ?? 0,
  }));
  const isLeft = targets.some(({ dead }) => dead > 0);
  return { ...answer(telling, io, { targets }), exitCode: isLeft ? 1 : 0 };
}

function answer(
  { list }: Telling,
  { style }: CommandIo,
  { targets }: { readonly targets: ReturnType<typeof viewTargets> },
) {
  const now = new Date().toISOString();
  const data: NotifyAnswer = { list: { ...list }, targets: [...targets], dead: [] };
  return { data, text: renderTargets(data, { style, now }) };
}

/** Waits until a signal was aborted, and what was under way had its time. */
function longAfter(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const later = () => void setTimeout(resolve, 2 * usualGraceMs).unref();
    if (signal.aborted) later();
    signal.addEventListener('abort', later, { once: true });
  });
}
