import { TaskType } from '../../lib/model/task/task.ts';
import { renderSearch } from '../../lib/render/task/list.ts';
import { quoteArgument } from '../../lib/render/text/shell-quote.ts';
import { searchTasks } from '../../lib/tracker/reads/search.ts';
import { defineCommand } from '../command.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';
import { readStatuses, statusFlag } from '../flags/status.ts';
import { withScope } from '../open-scope.ts';

/** Words without quotes around them. */
const mostWords = 100;

export const command = defineCommand({
  summary: 'Tasks that have some words, newest first',
  usage: 'TEXT [--status STATUS] [--type TYPE] [--deep]',
  args: { min: 1, max: mostWords },
  flags: {
    ...statusFlag,
    type: {
      type: 'string',
      list: true,
      value: 'TYPE',
      choices: TaskType.options,
      description: 'only these kinds of work',
    },
    deep: { type: 'boolean', description: 'every task, not the newest 10,000 alone' },
    ...limitFlag,
  },
  examples: [
    "docket search 'login loop'",
    "docket search 'signing key' --status closed",
    'docket search invoices --type bugfix,research --deep --json',
  ],
  async run({ args, flags, io }) {
    const limit = readLimit(flags, 25);
    const statuses = readStatuses(flags.status);
    const types = TaskType.options.filter((type) => flags.type.includes(type));
    const text = args.join(' ');
    return withScope({ flags, io }, async ({ scope }) => {
      const options = { statuses, types, limit, isDeep: flags.deep };
      const data = await searchTasks(scope, text, options);
      const { session } = scope.worker;
      const command = `docket search ${quoteArgument(text)}${givenFlags(flags)}`;
      return { data, text: renderSearch(data, { session, style: io.style, command }) };
    });
  },
});

function givenFlags({
  status,
  type,
  deep,
}: {
  readonly status: readonly string[];
  readonly type: readonly string[];
  readonly deep: boolean;
}): string {
  return [
    status.length > 0 ? ` --status ${status.join(',')}` : '',
    type.length > 0 ? ` --type ${type.join(',')}` : '',
    deep ? ' --deep' : '',
  ].join('');
}
