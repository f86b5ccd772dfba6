import type { Branch } from '../../../lib/model/branch.ts';
import type { TaskView } from '../../../lib/model/output.ts';
import { buildChecklist, type Checklist } from '../../../lib/render/checklist/build.ts';
import type { RunFacts } from '../../../lib/render/checklist/run-facts.ts';
import { taskView } from '../task-view.ts';

/** A step to be, and what is below it. */
export interface Step extends Partial<TaskView>, Partial<RunFacts> {
  readonly steps?: readonly Step[];
}

export const now = '2026-11-21T10:00:00.000Z';

/** A checklist of these steps, with keys web-k3f9.1, .2 and so on. */
export function checklistOf(root: Step): Checklist {
  const facts = new Map<string, RunFacts>();
  const branch = branchOf(root, 'web-k3f9', facts);
  return buildChecklist(branch, {
    at: now,
    runFacts: ({ key }) => facts.get(key) ?? { minutes: null, approvedBy: null },
  });
}

function branchOf(step: Step, key: string, facts: Map<string, RunFacts>): Branch {
  const { steps = [], minutes = null, approvedBy = null, ...fields } = step;
  facts.set(key, { minutes, approvedBy });
  const ready = steps.length === 0 && (fields.status ?? 'pending') === 'pending';
  return {
    task: taskView({ key, subtaskCount: steps.length, ready, ...fields }),
    subtasks: steps.map((below, index) => branchOf(below, `${key}.${index + 1}`, facts)),
  };
}
