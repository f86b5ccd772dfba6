import { ready } from '../../lib/operations/ready.ts';
import { renderTaskList } from '../../lib/render/task/list.ts';
import type { Flags } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { filterFlags, readFilters } from '../flags/filters.ts';
import { givenFlags, withLimit } from '../flags/given.ts';
import { limitFlag, readLimit, usualLimit } from '../flags/shared.ts';

const flags = { ...filterFlags, ...limitFlag } as const satisfies Flags;

export const command = operationCommand({
  operation: ready,
  usage: '[--priority P] [--type TYPE] [--agent NAME] [--parent KEY]',
  args: { min: 0, max: 0 },
  flags,
  examples: [
    'docket ready',
    'docket ready --priority 0-1 --type bugfix',
    'docket ready --limit 5 --json',
  ],
  input: ({ flags: values, io }) => ({
    ...readFilters(values),
    limit: readLimit(values) ?? usualLimit(values, io),
  }),
  text: (answer, { flags: values, session, io }) =>
    renderTaskList(answer, {
      session,
      style: io.style,
      isSorted: values.sort !== undefined,
      empty: {
        text: 'Nothing is ready.',
        hint: 'docket list for what is in progress, blocked or waiting',
      },
      more: withLimit(`docket ready${givenFlags(flags, values)}`, answer.total),
    }),
});
