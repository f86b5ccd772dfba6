import { type Branch, renderChecklist } from '../../lib/render/checklist.ts';
import { showTask } from '../../lib/tracker/read.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { defineCommand } from '../command.ts';
import { withScope } from '../open-scope.ts';

export const command = defineCommand({
  summary: "A task's subtasks as a Markdown checklist",
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket checklist web-k3f9'],
  async run({ args: [key = ''], flags, io }) {
    return withScope({ flags, io }, async ({ scope }) => {
      const branch = await readBranch(scope, key);
      const checklist = renderChecklist(branch);
      const data = { task: branch.task, subtasks: tasksBelow(branch), checklist };
      return { data, text: checklist };
    });
  },
});

async function readBranch(scope: Scope, key: string): Promise<Branch> {
  const { task, subtasks } = await showTask(scope, key);
  const branches: Branch[] = [];
  for (const subtask of subtasks) {
    branches.push(
      subtask.subtaskCount > 0
        ? await readBranch(scope, subtask.key)
        : { task: subtask, subtasks: [] },
    );
  }
  return { task, subtasks: branches };
}

function tasksBelow({ subtasks }: Branch): readonly Branch['task'][] {
  return subtasks.flatMap((branch) => [branch.task, ...tasksBelow(branch)]);
}
