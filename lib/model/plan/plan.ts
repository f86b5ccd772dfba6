import * as z from 'zod/mini';
import { DocketError } from '../errors.ts';
import { limits } from '../limits.ts';
import { requireShallow } from '../plain-json.ts';
import { atMost, parseInput, TaskInput, visible, withoutNul } from '../task/input.ts';
import { readChecklist } from './parse-markdown.ts';
import { planHint as hint } from './plan-hint.ts';

function tooLow({ input }: { readonly input?: unknown }): string {
  return `names ${input}; the subtasks beside it are numbered from 1`;
}

/** A step of a plan, without steps of its own. */
export const PlannedStep = z.extend(TaskInput, {
  /** 1-based positions of the steps beside it that must be done first. */
  needs: z.optional(z.array(z.int().check(z.minimum(1, { error: tooLow })))),
  /** Steps of one group stand one after the other, and are done in any order among themselves. */
  parallel: z.optional(
    z.union([z.string().check(...visible, withoutNul, atMost(limits.agent)), z.int()], {
      error: 'must be the name or the number of a group',
    }),
  ),
});
export type PlannedStep = z.infer<typeof PlannedStep>;

/** A step of a plan, which may be broken down further. */
export interface PlannedSubtask extends PlannedStep {
  subtasks?: PlannedSubtask[] | undefined;
}

const Subtasks: z.ZodMiniType<PlannedSubtask[], PlannedSubtask[]> = z
  .array(z.lazy(() => PlannedSubtask))
  .check(
    z.minLength(1, { error: 'is empty' }),
    z.maxLength(limits.planSubtasks, { error: `are more than ${limits.planSubtasks}` }),
  );

const PlannedSubtask: z.ZodMiniType<PlannedSubtask, PlannedSubtask> = z.extend(PlannedStep, {
  subtasks: z.optional(Subtasks),
});

/** A request broken down: a parent task and its ordered subtasks. */
export const Plan = z.extend(TaskInput, {
  subtasks: Subtasks,
  /** Steps that state no order are done in any; otherwise each follows the one before it. */
  any_order: z.optional(z.boolean()),
});
export type Plan = z.infer<typeof Plan>;

/** More subtasks for a task that is there already; what else a plan says is left. */
const Addition = z.object({ subtasks: Subtasks, any_order: Plan.shape.any_order });
type Addition = z.infer<typeof Addition>;

/**
 * Parses a plan from JSON or from a Markdown checklist (`# Title`, then `- [ ] item` lines).
 * `orderPlan` checks what its subtasks need.
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
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DocketError('invalid_input', `plan: not valid JSON: ${message}`, { hint });
  }
  requireShallow(value, 'plan: it');
  return Array.isArray(value) ? value.map(withoutRequest) : withoutRequest(value);
}

/**
 * Leaves out what models write of the request beside the plan, and what any new task is: the name
 * of the operation, and the status pending.
 */
function withoutRequest(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const said = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (name === 'operation' && typeof part === 'string') return [];
    if (name === 'status' && part === 'pending') return [];
    const isList = name === 'subtasks' && Array.isArray(part);
    return [[name, isList ? part.map(withoutRequest) : part]];
  });
  return Object.fromEntries(said);
}
