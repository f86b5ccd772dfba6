import * as z from 'zod/mini';
import { withMode } from '../access/mode.ts';
import { type Ordered, orderPlan, statesNeeds } from '../model/plan/order.ts';
import { Plan } from '../model/plan/plan.ts';
import { Title } from '../model/task/input.ts';
import { createPlan, extendPlan } from '../tracker/tasks/create-plan.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z
  .extend(Plan, {
    /** The title is needed unless the subtasks are added to an existing task. */
    title: z.optional(Title),
    /** The task that the subtasks are added to. It has the fields of a task already. */
    parent: z.optional(Key.check(z.minLength(1))),
  })
  .check(
    z.refine(({ parent, title }) => parent !== undefined || title !== undefined, {
      path: ['title'],
      error: 'is missing',
    }),
    z.refine((input) => !attribution.some((field) => unused(input).includes(field)), {
      error: 'subtasks are for whom their parent is for',
    }),
    z.refine((input) => unused(input).length === 0, {
      error: ({ input }) =>
        `has fields of a new task beside parent: ${unused(input as object).join(', ')}`,
    }),
  );

const attribution = ['client', 'project', 'infrastructure', 'billable'];
const ofAddition: ReadonlySet<string> = new Set(['parent', 'subtasks', 'any_order']);

/** Finds the given fields that subtasks of an existing parent make no use of. */
function unused(input: { readonly parent?: unknown }): readonly string[] {
  if (input.parent === undefined) return [];
  return Object.entries(input)
    .filter(([field, value]) => value !== undefined && !ofAddition.has(field))
    .map(([field]) => field);
}

export const plan = defineOperation({
  name: 'plan',
  access: 'manage',
  summary: 'Add a task with its subtasks, or more subtasks',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ PlanAnswer }) => PlanAnswer),
  run(list, { parent, title = '', ...fields }) {
    const scope = withMode(list);
    if (parent === undefined) return createPlan(scope, orderPlan({ ...fields, title }));
    const { subtasks, any_order } = fields;
    const ordered = orderPlan<Ordered>({ subtasks, any_order });
    return extendPlan(scope, parent, ordered.subtasks, {
      isFollowing: !any_order && !statesNeeds(subtasks),
      isFree: ordered.task_context !== undefined,
    });
  },
});
