import type { ChecklistAnswer, ChecklistViewName } from '../../lib/model/answers/checklist.ts';
import { tasksBelow } from '../../lib/model/answers/tree.ts';
import { buildChecklist } from '../../lib/model/checklist/build.ts';
import { gatherRunFacts } from '../../lib/model/checklist/run-facts.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { renderChecklist } from '../../lib/render/checklist/render.ts';
import { plainStyle } from '../../lib/render/text/style.ts';
import { readTaskTree } from '../../lib/tracker/reads/tree.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';

const viewFlags = ['plan', 'detailed', 'summary'] as const;

export const command = defineCommand({
  summary: "A task's subtasks as a Markdown checklist",
  usage: 'KEY [--plan | --detailed | --summary] [--ascii]',
  args: { min: 1, max: 1 },
  flags: {
    plan: { type: 'boolean', description: 'what is going to be done, and what starts first' },
    detailed: { type: 'boolean', description: 'each step with its times, results and blockers' },
    summary: { type: 'boolean', description: 'what came of it: time, files, tests, documents' },
    ascii: { type: 'boolean', description: '[x] and [>] instead of [✓] and [→]' },
  },
  examples: [
    'docket checklist web-k3f9',
    'docket checklist web-k3f9 --detailed',
    'docket checklist web-k3f9 --summary --ascii',
  ],
  async run({ args: [key = ''], flags, io }) {
    const view = readView(flags);
    return withScope({ flags, io }, async ({ scope }) => {
      const { branch, runs, billedMinutes, at } = await readTaskTree(scope, key);
      const checklist = buildChecklist(branch, {
        at,
        billedMinutes,
        runFacts: gatherRunFacts(branch, runs),
      });
      const { ascii } = flags;
      const data: ChecklistAnswer = {
        task: branch.task,
        subtasks: [...tasksBelow(branch)],
        view,
        progress: checklist.progress,
        items: [...checklist.items],
        summary: checklist.summary,
        checklist: renderChecklist(checklist, view, { style: plainStyle, ascii }),
      };
      return { data, text: renderChecklist(checklist, view, { style: io.style, ascii }) };
    });
  },
});

/** @throws DocketError `usage` when two views are asked for. */
function readView(flags: Readonly<Record<(typeof viewFlags)[number], boolean>>): ChecklistViewName {
  const [view = 'compact', second] = viewFlags.filter((name) => flags[name]);
  if (second === undefined) return view;
  throw new DocketError('usage', `--${view} and --${second} exclude each other`, {
    hint: 'docket checklist KEY [--plan | --detailed | --summary]',
  });
}
