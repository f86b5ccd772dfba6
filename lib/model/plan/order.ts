import { DocketError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { TaskContext } from '../task/input.ts';
import { findPlanCycle } from './cycle.ts';
import type { PlannedSubtask } from './plan.ts';
import { planHint as hint } from './plan-hint.ts';

/** The parts of a plan that decide its order. */
export interface Ordered {
  readonly subtasks: readonly PlannedSubtask[];
  readonly any_order?: boolean | undefined;
  readonly task_context?: TaskContext | undefined;
}

/** The field of a container's context that says that its subtasks have no order on purpose. */
export const anyOrderField = 'any_order';

/**
 * Puts the steps of a plan in their order, at every level: each needs the one before it, and steps
 * of one parallel group need all of the step or group before. A level that says what any of its
 * steps needs has stated its order, and `any_order` leaves all others without one. A container
 * whose steps are free on purpose says so in its context, so that nothing orders them later.
 *
 * @throws DocketError `invalid_input` (what a step needs is not in its level or itself, a group
 * that does not stand together, too many steps), `cycle` with its path.
 */
export function orderPlan<T extends Ordered>(plan: T): Omit<T, 'any_order'> {
  const steps = countSteps(plan.subtasks);
  if (steps > limits.planSubtasks) {
    const most = `at most ${limits.planSubtasks} are allowed`;
    throw refuse(`the plan has ${steps} steps; ${most}`);
  }
  const { any_order: isAnyOrder = false, ...rest } = plan;
  return orderLevel(rest, { isAnyOrder, path: '' });
}

/** Whether the steps of a level say what any of them needs; that is their order then. */
export function statesNeeds(subtasks: readonly PlannedSubtask[]): boolean {
  return subtasks.some(({ needs = [] }) => needs.length > 0);
}

function countSteps(subtasks: readonly PlannedSubtask[]): number {
  return subtasks.reduce((sum, { subtasks: below = [] }) => sum + 1 + countSteps(below), 0);
}

interface Level {
  readonly isAnyOrder: boolean;
  /** The numbers of the containers above, as in `2.1.`; none at the top. */
  readonly path: string;
}

function orderLevel<T extends Ordered>(container: T, { isAnyOrder, path }: Level): T {
  const { subtasks } = container;
  checkNeeds(subtasks, path);
  const needs = needsOf(subtasks, { isAnyOrder, path });
  const ordered = subtasks.map(({ parallel: _, subtasks: below, ...step }, index) => {
    const withNeeds = { ...step, needs: [...(needs[index] ?? [])] };
    if (below === undefined) return withNeeds;
    const level = { isAnyOrder, path: `${path}${index + 1}.` };
    return orderLevel({ ...withNeeds, subtasks: below }, level);
  });
  const isFree = subtasks.length > 1 && needs.every((each) => each.length === 0);
  return {
    ...container,
    subtasks: ordered,
    ...(isFree ? { task_context: { ...container.task_context, [anyOrderField]: true } } : {}),
  };
}

/** Gives the numbers of the steps that each step of a level needs. */
function needsOf(
  subtasks: readonly PlannedSubtask[],
  { isAnyOrder, path }: Level,
): readonly (readonly number[])[] {
  const isStated = statesNeeds(subtasks);
  const groups = subtasks.map(({ parallel }) => parallel);
  const isGrouped = groups.some((group) => group !== undefined);
  if (isStated && isGrouped) {
    throw refuse(`${subtasksAt(path)} say their order by "needs" or by "parallel", not by both`);
  }
  if (isStated || isAnyOrder) return subtasks.map(({ needs = [] }) => needs);
  const stages = stagesOf(groups, path);
  return stages.flatMap((stage, index) => stage.map(() => stages[index - 1] ?? []));
}

/** Splits the steps of a level into stages: the numbers of one group, or of a step by itself. */
function stagesOf(
  groups: readonly PlannedSubtask['parallel'][],
  path: string,
): readonly (readonly number[])[] {
  const stages: number[][] = [];
  for (const [index, group] of groups.entries()) {
    const continues = group !== undefined && groups[index - 1] === group;
    if (continues) {
      stages.at(-1)?.push(index + 1);
      continue;
    }
    const earlier = group === undefined ? -1 : groups.indexOf(group);
    if (earlier !== -1 && earlier < index) {
      throw refuse(
        `subtasks ${path}${earlier + 1} and ${path}${index + 1} are of one parallel group and do not stand together`,
      );
    }
    stages.push([index + 1]);
  }
  return stages;
}

/**
 * Checks what the steps of one level need of each other.
 *
 * @throws DocketError `invalid_input` (not in the level, or itself), `cycle` with its path.
 */
export function checkNeeds(subtasks: readonly PlannedSubtask[], path = ''): void {
  for (const [index, { needs = [] }] of subtasks.entries()) {
    const wrong = needs.find((need) => need > subtasks.length || need === index + 1);
    if (wrong === undefined) continue;
    const why =
      wrong === index + 1
        ? 'itself'
        : `subtask ${path}${wrong}, which is not in the plan${path === '' ? '' : ' beside it'}`;
    throw refuse(`subtask ${path}${index + 1} needs ${why}`);
  }
  const cycle = findPlanCycle(subtasks);
  if (cycle === undefined) return;
  const way = cycle.map((number) => `${path}${number}`).join(' needs ');
  throw new DocketError('cycle', `plan: subtask ${way}`, { hint });
}

function subtasksAt(path: string): string {
  return path === '' ? 'the subtasks' : `the subtasks of ${path.slice(0, -1)}`;
}

function refuse(reason: string): DocketError {
  return new DocketError('invalid_input', `plan: ${reason}`, { hint });
}
