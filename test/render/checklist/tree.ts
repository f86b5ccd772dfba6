import type { TaskView } from '../../../lib/model/answers/task.ts';
import type { TaskTree } from '../../../lib/model/answers/tree.ts';
import { buildChecklist, type Checklist } from '../../../lib/model/checklist/build.ts';
import type { RunFacts } from '../../../lib/model/checklist/run-facts.ts';
import { taskView } from '../task-view.ts';

/** A step to be, and what is below it. */
export interface Step extends Partial<TaskView>, Partial<RunFacts> {
  readonly startedAt?: string | null;
  readonly steps?: readonly Step[];
}

export const now = '2026-11-21T10:00:00.000Z';

/** A checklist of these steps, with keys web-k3f9.1, .2 and so on. */
export function checklistOf(root: Step): Checklist {
  const runFacts = new Map<string, RunFacts>();
  const tree = treeOf(root, 'web-k3f9', runFacts);
  return buildChecklist(tree, { at: now, runFacts });
}

/** The tasks of these steps; what runs say of them goes to `runFacts`. */
export function treeOf(
  step: Step,
  key = 'web-k3f9',
  runFacts = new Map<string, RunFacts>(),
): TaskTree {
  const { steps = [], minutes = null, agent = null, actor = null, ...own } = step;
  const { approvedBy = null, rejection = null, formerRound = null, ...fields } = own;
  const subtasks = steps.map((below, index) => treeOf(below, `${key}.${index + 1}`, runFacts));
  const below = subtasks.map(({ task }) => runFacts.get(task.key)?.minutes ?? null);
  const sum = below.reduce((all, part) => (part === null ? all : (all ?? 0) + part), null);
  const activeMs = ((minutes ?? sum ?? 0) - (sum ?? 0)) * 60_000;
  const whole = minutes ?? sum;
  runFacts.set(key, {
    ...{ minutes: whole, activeMs, agent, actor, approvedBy, rejection, formerRound },
    startedAt: null,
  });
  const ready = steps.length === 0 && (fields.status ?? 'pending') === 'pending';
  return {
    task: taskView({ key, subtaskCount: steps.length, ready, ...fields }),
    subtasks,
  };
}
