import type { PlanAnswer } from '../../model/answers/task.ts';
import { anyOrderField, checkNeeds } from '../../model/plan/order.ts';
import type { Plan, PlannedSubtask } from '../../model/plan/plan.ts';
import { isContainer } from '../../model/task/container.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import type { Task } from '../../model/task/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import { tasksByIds } from '../../store/tables/task-lookups.ts';
import { onceId } from '../ids.ts';
import { type AttributionInput, resolveAttribution } from '../registry/attribution.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { estimateRequest } from '../view/estimate.ts';
import { findTaskForWrite } from '../view/find.ts';
import { viewRequest } from '../view/task.ts';
import { loadTasks, loadWhole } from '../write/load.ts';
import { endsOf, isOrdered } from '../write/siblings.ts';
import type { Write } from '../write/write.ts';
import { addTask } from './create.ts';
import { addNewLink } from './link.ts';

/**
 * Creates a parent and its subtasks, whose order is decided, in one transaction. A plan that is
 * made `once` has an id that follows from these words: who comes later gets the one that is there,
 * whatever has become of it since.
 */
export function createPlan(
  scope: Scope,
  { subtasks, ...parent }: Omit<Plan, 'any_order'>,
  { once }: { readonly once?: readonly string[] | undefined } = {},
): Promise<PlanAnswer> {
  return writeWorkspace(scope, {}, async (write) => {
    const id = once && onceId(write.workspace.id, ...once);
    const [earlier] = id === undefined ? [] : await ask(write.db, tasksByIds([id]));
    if (earlier !== undefined) {
      await loadWhole(write, [earlier]);
      return planAnswer(write, earlier, { added: [], existing: true });
    }
    const task = await addTask(write, parent, { id });
    const added = await addSubtasks(write, task, subtasks);
    return planAnswer(write, task, { added });
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

/** Adds subtasks, whose order among themselves is decided, to an existing task. */
export function extendPlan(
  scope: Scope,
  parentKey: string,
  subtasks: readonly PlannedSubtask[],
  {
    isFollowing = false,
    isFree = false,
  }: {
    /** Whether they come after the subtasks that are there, where those go in an order. */
    readonly isFollowing?: boolean;
    /** Whether they have no order on purpose. */
    readonly isFree?: boolean;
  } = {},
): Promise<PlanAnswer> {
  return writeWorkspace(scope, { keys: [parentKey], withRuns: true }, async (write) => {
    const task = await findTaskForWrite(write, parentKey);
    const { list } = write;
    const before = list.subtasksOf(task.id);
    const context = readContext(task.context);
    const wasFree = Object.hasOwn(context, anyOrderField);
    const added = await addSubtasks(write, task, subtasks);
    if (isFollowing && !wasFree && (before.length === 1 || isOrdered(list, before))) {
      const first = added.filter(({ id }) => list.needsOf(id).length === 0);
      for (const target of endsOf(list, before)) {
        for (const step of first) addNewLink(write, { task: step, target, type: 'blocks' });
      }
    }
    if (isFree && !wasFree && !isOrdered(list, before)) {
      const marked = serialiseContext({ ...context, [anyOrderField]: true });
      list.change(task.id, { task_context: marked });
    }
    return planAnswer(write, task, { added, parentReleased: task.claim !== null });
  });
}

/** Adds steps with everything below them, and returns the steps. */
async function addSubtasks(
  write: Write,
  parent: Task,
  subtasks: readonly PlannedSubtask[],
): Promise<readonly Task[]> {
  checkNeeds(subtasks);
  const added: Task[] = [];
  for (const { needs: _, subtasks: below = [], ...input } of subtasks) {
    const task = await addTask(write, input, { parent });
    added.push(task);
    if (below.length > 0) await addSubtasks(write, task, below);
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

async function planAnswer(
  write: Write,
  task: Task,
  {
    added,
    parentReleased = false,
    existing = false,
  }: {
    readonly added: readonly Task[];
    readonly parentReleased?: boolean;
    readonly existing?: boolean;
  },
): Promise<PlanAnswer> {
  await write.deriveAll();
  const { list } = write;
  const ids = [task.id, ...list.below(task.id).map(({ id }) => id)];
  const tasks = await loadTasks(write, ids);
  const steps = added.flatMap(({ id }) => [id, ...list.below(id).map((below) => below.id)]);
  const leaves = steps.map((id) => list.task(id)).filter((step) => !isContainer(step));
  const [views, estimates] = await write.flush(
    together(viewRequest(tasks, write.scope), estimateRequest(write, leaves)),
  );
  const [view, ...subtasks] = views;
  if (view === undefined) throw new Error(`task ${task.key} has no view`);
  return {
    task: view,
    subtasks,
    suggestedEstimates: leaves.flatMap(({ key }, index) => {
      const estimate = estimates[index] ?? null;
      return estimate === null ? [] : [{ key, ...estimate }];
    }),
    parentReleased,
    existing,
  };
}
