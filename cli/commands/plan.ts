import type { PlanAnswer } from '../../lib/model/output.ts';
import { parsePlan, parseSubtasks } from '../../lib/model/plan.ts';
import { buildChecklist } from '../../lib/render/checklist/build.ts';
import { renderPlan } from '../../lib/render/checklist/plan.ts';
import { renderDone } from '../../lib/render/task-answer.ts';
import { renderTaskLines } from '../../lib/render/task-lines.ts';
import { createPlan, extendPlan } from '../../lib/tracker/create-plan.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { type CommandIo, defineCommand } from '../command.ts';
import { withScope } from '../open-scope.ts';
import { readTextOrStdin } from '../read-text.ts';

export const command = defineCommand({
  summary: 'Add a task with its subtasks, or more subtasks',
  usage: '[PLAN] [--parent KEY]',
  args: { min: 0, max: 1 },
  flags: {
    parent: { type: 'string', value: 'KEY', description: 'add the items below this task' },
  },
  examples: [
    "docket plan <<'PLAN'\n  # Add dark mode\n  - [ ] Design the palette\n  - [ ] Write the styles\n  PLAN",
    `docket plan '{"title":"Add dark mode","subtasks":[{"title":"Design"},{"title":"Build","needs":[1]}]}'`,
    "docket plan '- [ ] Write the tests' --parent web-k3f9",
  ],
  async run({ args: [argument], flags, io }) {
    const text = readTextOrStdin(argument, { io, what: 'plan' });
    const { parent } = flags;
    const apply = parent === undefined ? planNew(text) : planMore(parent, text);
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await apply(scope);
      if (parent === undefined) {
        return { data, text: `${renderDone('Created', data.task)}\n\n${openingPlan(data, io)}` };
      }
      const reader = { session: scope.worker.session, at: data.task.updatedAt };
      const lines = renderTaskLines(data.subtasks, reader, io.style);
      return { data, text: [renderDone('Extended', data.task), ...lines].join('\n') };
    });
  },
});

/** The checklist to show before the work begins, with the keys that claim its steps. */
function openingPlan({ task, subtasks }: PlanAnswer, { style }: CommandIo): string {
  const branch = { task, subtasks: subtasks.map((subtask) => ({ task: subtask, subtasks: [] })) };
  const checklist = buildChecklist(branch, { at: task.updatedAt, runFacts: new Map() });
  return renderPlan(checklist, { style, ascii: false }, { withKeys: true }).join('\n');
}

function planNew(text: string) {
  const plan = parsePlan(text);
  return (scope: Scope) => createPlan(scope, plan);
}

function planMore(parent: string, text: string) {
  const subtasks = parseSubtasks(text);
  return (scope: Scope) => extendPlan(scope, parent, subtasks);
}
