import * as z from 'zod/mini';
import { DocketError } from '../errors.ts';
import { limits } from '../limits.ts';
import { parseInput, TaskInput } from '../task/input.ts';
import { findPlanCycle } from './cycle.ts';
import { readChecklist } from './parse-markdown.ts';
import { planHint as hint } from './plan-hint.ts';

export const PlannedSubtask = z.extend(TaskInput, {
  /** 1-based positions of earlier or later subtasks of the same plan that must be done first. */
  needs: z.optional(z.array(z.int().check(z.minimum(1)))),
});
export type PlannedSubtask = z.infer<typeof PlannedSubtask>;

/** A request broken down: a parent task and its ordered subtasks. */
export const Plan = z.extend(TaskInput, {
  subtasks: z
    .array(PlannedSubtask)
    .check(
      z.minLength(1, { error: 'is empty' }),
      z.maxLength(limits.planSubtasks, { error: `has more than ${limits.planSubtasks} items` }),
    ),
});
export type Plan = z.infer<typeof Plan>;

/** More subtasks for a task that is there already; what else a plan says is left. */
const Addition = z.object({ subtasks: Plan.shape.subtasks });
type Addition = z.infer<typeof Addition>;

/**
 * Parses a plan from JSON or from a Markdown checklist (`# Title`, then `- [ ] item` lines).
 * `checkNeeds` checks what its subtasks need.
 *
 * @throws DocketError `invalid_input` with the line and the reason.
 */
export function parsePlan(text: string): Plan {
  const value = isJson(text) ? parseJson(text) : readChecklist(text, { needsTitle: true });
  return parseInput(Plan, value, { what: 'plan:', hint });
}

/**
 * Parses the subtasks to add below a task that is there already, as a list or as a plan's. A title
 * is not needed.
 *
 * @throws DocketError `invalid_input` with the line and the reason.
 */
export function parseSubtasks(text: string): Addition {
  const value = isJson(text) ? parseJson(text) : readChecklist(text, { needsTitle: false });
  const addition = Array.isArray(value) ? { subtasks: value } : value;
  return parseInput(Addition, addition, { what: 'plan:', hint });
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && !/^\s*\[[ x]\]/i.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DocketError('invalid_input', `plan: not valid JSON: ${message}`, { hint });
  }
}

/**
 * Checks what the subtasks of one plan need of each other.
 *
 * @throws DocketError `invalid_input` (not in the plan, or itself), `cycle` with its path.
 */
export function checkNeeds<T extends { subtasks: readonly PlannedSubtask[] }>(plan: T): T {
  for (const [index, { needs = [] }] of plan.subtasks.entries()) {
    const wrong = needs.find((need) => need > plan.subtasks.length || need === index + 1);
    if (wrong === undefined) continue;
    const why = wrong === index + 1 ? 'itself' : `subtask ${wrong}, which is not in the plan`;
    throw new DocketError('invalid_input', `plan: subtask ${index + 1} needs ${why}`, { hint });
  }
  const cycle = findPlanCycle(plan.subtasks);
  if (cycle !== undefined) {
    throw new DocketError('cycle', `plan: subtask ${cycle.join(' needs ')}`, { hint });
  }
  return plan;
}

/** Makes each subtask need the one before it, unless the plan says what any subtask needs. */
export function inOrder(subtasks: readonly PlannedSubtask[]): PlannedSubtask[] {
  if (subtasks.some(({ needs = [] }) => needs.length > 0)) return [...subtasks];
  return subtasks.map((subtask, index) => (index === 0 ? subtask : { ...subtask, needs: [index] }));
}
