import { statusWords } from '../../lib/access/statuses.ts';
import { taskTypes } from '../../lib/model/task/types.ts';
import { search } from '../../lib/operations/search.ts';
import { renderSearch } from '../../lib/render/task/list.ts';
import { quoteArgument } from '../../lib/render/text/shell-quote.ts';
import type { Flags } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import { filterFlags } from '../flags/filters.ts';
import { givenFlags } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { statusFlag } from '../flags/status.ts';

/** The limit counts words that are given without quotes around them. */
const mostWords = 100;

const flags = {
  ...statusFlag,
  type: {
    type: 'string',
    list: true,
    value: 'TYPE',
    choices: taskTypes,
    description: 'only these kinds of work',
  },
  agent: filterFlags.agent,
  client: filterFlags.client,
  project: filterFlags.project,
  deep: { type: 'boolean', description: 'every task, not the newest 10,000 alone' },
  ...limitFlag,
} as const satisfies Flags;

export const command = operationCommand({
  operation: search,
  usage: 'TEXT [--status STATUS] [--client NAME] [--project NAME] [--deep]',
  args: { min: 1, max: mostWords },
  flags,
  examples: [
    "docket search 'login loop'",
    "docket search 'signing key' --status closed",
    'docket search invoices --type bugfix,research --deep --json',
    'docket search smb.conf --client acme-corp',
  ],
  input: ({ args, flags: { status, type, agent, client, project, deep, limit } }) => ({
    text: args.join(' '),
    ...{ agent, client, project },
    statuses: statusWords.filter((word) => status.includes(word)),
    types: taskTypes.filter((each) => type.includes(each)),
    deep,
    limit: readLimit({ limit }),
  }),
  text(answer, { args, flags: values, session, io }) {
    const again = `docket search ${quoteArgument(args.join(' '))}${givenFlags(flags, values)}`;
    return renderSearch(answer, { session, style: io.style, command: again });
  },
});
