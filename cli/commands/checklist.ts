import type { ChecklistViewName } from '../../lib/model/answers/checklist.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { checklist } from '../../lib/operations/checklist.ts';
import { renderChecklist } from '../../lib/render/checklist/render.ts';
import { renderChecklistTree } from '../../lib/render/task/checklist.ts';
import { isForPerson } from '../../lib/render/text/style.ts';
import { operationCommand } from '../command/operation-command.ts';
import { watchFlag } from '../flags/shared.ts';

const viewFlags = ['plan', 'detailed', 'summary'] as const;

export const command = operationCommand({
  operation: checklist,
  usage: 'KEY [--plan | --detailed | --summary] [--keys] [--ascii] [--watch]',
  args: { min: 1, max: 1 },
  flags: {
    plan: { type: 'boolean', description: 'what is going to be done, and what starts first' },
    detailed: { type: 'boolean', description: 'each step with its times, results and blockers' },
    summary: { type: 'boolean', description: 'what came of it: time, files, tests, documents' },
    ...watchFlag,
    keys: { type: 'boolean', description: 'with the key of each step' },
    ascii: { type: 'boolean', description: '[x] and [>] instead of [✓] and [→]' },
  },
  examples: [
    'docket checklist web-k3f9',
    'docket checklist web-k3f9 --keys',
    'docket checklist web-k3f9 --detailed',
    'docket checklist web-k3f9 --summary --ascii',
  ],
  input: ({ args: [task = ''], flags }) => ({ task, view: readView(flags), ascii: flags.ascii }),
  text(answer, { flags: { ascii, keys: withKeys }, io: { style }, session }) {
    const { task, view, ...rest } = answer;
    if (view === 'compact' && isForPerson(style)) {
      return renderChecklistTree(answer, { style, ascii, session, withKeys });
    }
    const { key, title, client, status } = task;
    const built = { key, title, client, status, ...rest };
    return renderChecklist(built, view, { style, ascii }, { withKeys, session });
  },
});

/** Reads the view that the flags name. @throws DocketError `usage` when two views are asked for. */
function readView(
  flags: Readonly<Record<(typeof viewFlags)[number] | 'keys', boolean>>,
): ChecklistViewName {
  const [view = 'compact', second] = viewFlags.filter((name) => flags[name]);
  if (flags.keys && (view === 'detailed' || view === 'summary')) {
    throw new DocketError('usage', `--keys and --${view} exclude each other`, {
      hint: 'docket checklist KEY [--plan] --keys',
    });
  }
  if (second === undefined) return view;
  throw new DocketError('usage', `--${view} and --${second} exclude each other`, {
    hint: 'docket checklist KEY [--plan | --detailed | --summary]',
  });
}
