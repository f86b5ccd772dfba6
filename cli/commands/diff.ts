import { diff } from '../../lib/operations/diff.ts';
import { renderDiff } from '../../lib/render/task/diff.ts';
import { quoteArgument } from '../../lib/render/text/shell-quote.ts';
import { operationCommand } from '../command/operation-command.ts';
import { withLimit } from '../flags/given.ts';
import { limitFlag, readLimit } from '../flags/shared.ts';

export const command = operationCommand({
  operation: diff,
  usage: 'FROM [TO] [--limit N]',
  args: { min: 1, max: 2 },
  flags: limitFlag,
  examples: [
    'docket diff yesterday',
    "docket diff '2 hours ago'",
    "docket diff '2026-11-27 18:00' '2026-11-28 10:02'",
    'docket diff 412 --json   (from event 412, as docket history counts them)',
  ],
  input: ({ args: [from = '', to], flags }) => ({ from, to, limit: readLimit(flags) }),
  text: (answer, { args, session, io: { style } }) => {
    const typed = args.map((word) => (/^[\w.:#-]+$/.test(word) ? word : quoteArgument(word)));
    const more = withLimit(['docket diff', ...typed].join(' '), answer.total);
    return renderDiff(answer, { session, style, more });
  },
});
