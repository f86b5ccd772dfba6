import type { OpenList } from '../../lib/access/list-context.ts';
import { requirePermission } from '../../lib/access/permissions.ts';
import type { PastAnswer } from '../../lib/model/answers/past.ts';
import type { TaskList } from '../../lib/model/answers/task.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { at, requireKnown, showAt } from '../../lib/operations/at.ts';
import { listPast, requirePastMoment } from '../../lib/operations/past.ts';
import { renderAsOf, renderNotKnown } from '../../lib/render/task/as-of.ts';
import { quoteArgument } from '../../lib/render/text/shell-quote.ts';
import { type Command, type CommandAnswer, defineCommand } from '../command/command.ts';
import { parseFlags } from '../command/parse-flags.ts';
import { readKeys } from '../flags/shared.ts';
import type { CommandIo } from '../terminal/io.ts';

/** The commands that can look at a list as it was. */
const looks: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  list: () => import('./list.ts'),
  ready: () => import('./ready.ts'),
  show: () => import('./show.ts'),
};

const usage = new DocketError('usage', 'docket at takes a time and list, ready or show', {
  hint: "docket at yesterday list, docket at '2026-11-28 10:02' ready",
});

export const command = defineCommand({
  verb: at,
  usage: 'TIME list|ready|show [KEY ...] [FLAGS]',
  args: { min: 2, max: 2 },
  flags: {},
  examples: [
    'docket at yesterday list',
    "docket at '2026-11-28 10:02' list --all",
    "docket at '2 days ago' ready --priority 0-1",
    'docket at yesterday show web-k3f9',
    'docket at 412 list --json   (event 412, as docket history counts them)',
  ],
  run: () => Promise.reject(usage),
});

/**
 * Runs a command that looks at the list as it was: `TIME list --all`, `TIME show k3`, with the
 * flags of that command.
 *
 * @returns undefined where the words ask for help instead.
 * @throws DocketError `usage`, `invalid_input`, and what the command throws
 */
export async function runAt(
  words: readonly string[],
  io: CommandIo,
): Promise<CommandAnswer | undefined> {
  const given = words.filter((word, index) => index > 1 || word !== '--json');
  const [time = '', verb = '', ...after] = given;
  if (given.length < words.length) after.push('--json');
  if ([time, verb].some((word) => word === '--help' || word === '-h')) return undefined;
  const load = Object.hasOwn(looks, verb) ? looks[verb] : undefined;
  if (load === undefined) throw usage;
  const { command: look } = await load();
  const { args, flags } = parseFlags(`at TIME ${verb}`, look, after);
  if (flags.help === true) return undefined;
  refuseFlags(flags);
  requirePermission({ name: 'at', access: at.access }, io.env);
  const moment = requirePastMoment(time, 'end');
  const answer = await look.run({
    args,
    flags,
    io: {
      ...io,
      async past<Answer>(list: OpenList, look: (list: OpenList) => Promise<Answer>) {
        const past: unknown =
          verb === 'show'
            ? await showAt(list, moment, readKeys(args))
            : await listPast(list, moment, (then) => look(then) as Promise<TaskList>);
        return past as Answer;
      },
    },
  });
  const past = answer.data as PastAnswer;
  const typed = `docket at ${/^[\w.:#-]+$/.test(time) ? time : quoteArgument(time)} ${verb}`;
  const isEmpty = 'tasks' in past && past.tasks.length === 0 && past.total === 0;
  const nothing = past.asOf.seq === 0 ? 'No task was there yet.' : 'No task was like that.';
  return {
    ...answer,
    text: `${renderAsOf(past.asOf, io.style)}\n${isEmpty ? nothing : answer.text}`,
    rest: [
      ...(answer.rest ?? []).map((line) => line.replace(`docket ${verb}`, typed)),
      ...renderNotKnown(past.asOf),
    ],
  };
}

/** Refuses the flags that mean the list as it is. */
function refuseFlags(flags: Readonly<Record<string, unknown>>): void {
  const given = ['watch', 'cached'].find((name) => flags[name] === true);
  if (given !== undefined) {
    throw new DocketError('usage', `--${given} is not for a list as it was`, {
      hint: 'docket at yesterday list',
    });
  }
  requireKnown({ sort: flags.sort, all_workspaces: flags['all-workspaces'] });
}
