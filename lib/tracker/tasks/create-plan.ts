import type { PlanAnswer } from '../../model/answers/task.ts';
import { checkNeeds, type Plan, type PlannedSubtask } from '../../model/plan/plan.ts';
import type { TaskInput } from '../../model/task/input.ts';
import type { Task } from '../../model/task/task.ts';
import { together } from '../../store/sql/request.ts';
import { type AttributionInput, resolveAttribution } from '../registry/attribution.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { estimateRequest } from '../view/estimate.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewRequest } from '../view/task.ts';
import { loadTasks } from '../write/load.ts';
import type { Write } from '../write/write.ts';
import { addTask } from './create.ts';
import { addNewLink } from './link.ts';

/** Creates a parent and its ordered subtasks in one transaction. */
export function createPlan(scope: Scope, { subtasks, ...parent }: Plan): Promise<PlanAnswer> {
  return writeWorkspace(scope, {}, async (write) => {
    const task = await addTask(write, parent);
    const added = await addSubtasks(write, task, subtasks);
    return planAnswer(write, task, added);
  });
}

/**
 * Checks that a plan with this attribution could be created now.
 *
 * @throws DocketError what `resolveAttribution` throws
 */
export async function requireAttribution(scope: Scope, input: AttributionInput): Promise<void> {
  await writeWorkspace(scope, {}, (write) => resolveAttribution(write, input, {}));
}

/** Adds subtasks to an existing task. */
export function extendPlan(
  scope: Scope,
  parentKey: string,
  subtasks: readonly PlannedSubtask[],
): Promise<PlanAnswer> {
  return writeWorkspace(scope, { keys: [parentKey], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, parentKey);
    const added = await addSubtasks(write, task, subtasks);
    return planAnswer(write, task, added);
  });
}

async function addSubtasks(
  write: Write,
  parent: Task,
  subtasks: readonly PlannedSubtask[],
): Promise<readonly Task[]> {
  checkNeeds({ subtasks });
  const added: Task[] = [];
  for (const subtask of subtasks) {
    added.push(await addTask(write, withoutNeeds(subtask), { parent }));
  }
  for (const [index, { needs = [] }] of subtasks.entries()) {
    const task = added[index];
    for (const need of new Set(needs)) {
      const target = added[need - 1];
      // The siblings are new: nothing leads to them but what was checked above.
      if (task && target) addNewLink(write, { task, target, type: 'blocks' });
    }
  }
  return added;
}

function withoutNeeds({ needs: _, ...input }: PlannedSubtask): TaskInput {
  return input;
}

async function planAnswer(write: Write, task: Task, added: readonly Task[]): Promise<PlanAnswer> {
  await write.deriveAll();
  const { list } = write;
  const ids = [task.id, ...list.subtasksOf(task.id).map(({ id }) => id)];
  const tasks = await loadTasks(write, ids);
  const [views, estimates] = await write.flush(
    together(viewRequest(tasks, write.scope), estimateRequest(write, added)),
  );
  const [view, ...subtasks] = views;
  if (view === undefined) throw new Error(`task ${task.key} has no view`);
  return {
    task: view,
    subtasks,
    suggestedEstimates: added.flatMap(({ key }, index) => {
      const estimate = estimates[index] ?? null;
      return estimate === null ? [] : [{ key, ...estimate }];
    }),
  };
}
