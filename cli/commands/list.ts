import { statusWords } from '../../lib/access/statuses.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { list } from '../../lib/operations/list.ts';
import { renderTaskList } from '../../lib/render/task/list.ts';
import { defineCommand, type Flags, type FlagValues } from '../command/command.ts';
import { runOperation } from '../command/operation-command.ts';
import { filterFlags, readFilters } from '../flags/filters.ts';
import { givenFlags, withLimit } from '../flags/given.ts';
import { limitFlag, readLimit, usualLimit, watchFlag } from '../flags/shared.ts';
import { statusFlag } from '../flags/status.ts';

/** The flags that choose tasks. */
const choosing = {
  ...statusFlag,
  all: { type: 'boolean', description: 'completed and cancelled ones too' },
  mine: { type: 'boolean', description: 'that you hold, in any of your sessions' },
  who: { type: 'string', value: 'NAME', description: 'that somebody holds: alice, alice#f463' },
  ...filterFlags,
  'all-workspaces': { type: 'boolean', description: 'of every workspace in the database' },
} as const satisfies Flags;

const flags = {
  ...choosing,
  cached: {
    type: 'boolean',
    description: 'the list as a prompt last showed it, without the database',
  },
  ...limitFlag,
  ...watchFlag,
} as const satisfies Flags;

export const command = defineCommand({
  verb: list,
  usage: '[--mine] [--who NAME] [--status STATUS] [--all] [--parent KEY] [--text WORDS]',
  args: { min: 0, max: 0 },
  flags,
  examples: [
    'docket list',
    'docket list --status in_progress,blocked',
    'docket list --status closed --limit 10',
    'docket list --all --json',
    'docket list --who alice --priority 0-1 --sort updated',
    'docket list --mine --watch',
    'docket list --cached',
  ],
  async run({ flags: values, io }) {
    if (values.cached) {
      refuseChoice(values);
      return (await import('./cached-list.ts')).showCachedList(values, io);
    }
    const input = {
      statuses: wordsOf(values),
      all_workspaces: values['all-workspaces'],
      mine: values.mine,
      who: values.who,
      ...readFilters(values),
      limit: readLimit(values) ?? usualLimit(values, io),
    };
    return runOperation(
      list,
      { flags: values, io },
      {
        input,
        text: (answer, session) =>
          renderTaskList(answer, {
            session,
            style: io.style,
            isSorted: values.sort !== undefined,
            empty: emptyOf(values),
            more: withLimit(`docket list${givenFlags(flags, values)}`, answer.total),
          }),
      },
    );
  },
});

/** Refuses flags that choose tasks: what a prompt showed is shown as it was. */
function refuseChoice(values: ListFlags): void {
  const given = `${givenFlags(choosing, values)}${values.limit === undefined ? '' : ` --limit ${values.limit}`}`;
  if (given === '') return;
  throw new DocketError('usage', `--cached shows a list as it was last shown, without${given}`, {
    hint: `docket list --cached, or from the database: docket list${given}`,
  });
}

type ListFlags = FlagValues<typeof flags>;

function wordsOf({ status, all }: ListFlags) {
  if (status.length > 0) return statusWords.filter((word) => status.includes(word));
  return all ? [...statusWords] : undefined;
}

function emptyOf(values: ListFlags) {
  const { status, all } = values;
  if (givenFlags({ mine: choosing.mine, who: choosing.who, ...filterFlags }, values) !== '') {
    return { text: 'No task is like that.', hint: all ? 'docket list --all' : 'docket list' };
  }
  if (status.length > 0) return { text: 'No task has that status.', hint: 'docket list --all' };
  return all
    ? { text: 'No tasks yet.', hint: 'docket create TITLE' }
    : { text: 'Nothing to do.', hint: 'docket create TITLE, or docket list --all for closed ones' };
}
