import * as z from 'zod/mini';
import type { OpenList } from '../access/list-context.ts';
import { withMode } from '../access/mode.ts';
import { planOfTemplate } from '../config/templates/templates.ts';
import type { PlanAnswer } from '../model/answers/task.ts';
import { DocketError } from '../model/errors.ts';
import { TaskFields } from '../model/task/input.ts';
import { createPlan } from '../tracker/tasks/create-plan.ts';
import { defineOperation } from './operation.ts';

/** A word that a plan is made for once: `2026-12`. */
const Once = z.string().check(
  z.regex(/^[A-Za-z0-9][\w.:-]{0,63}$/, {
    error: 'must be one word of at most 64 letters, digits and . : _ -',
  }),
);

const { client, project, infrastructure, billable, task_context } = TaskFields.shape;
const Input = z.strictObject({
  /** The name of its file in `.claude/docket/plans/`, without `.md`. */
  template: z.string(),
  /** The values of the template's parameters, by name. */
  values: z.optional(z.record(z.string(), z.string())),
  /**
   * A word such as `2026-12`: the list gets one plan of this template for it, whoever asks for it
   * and how often. What is answered is that plan, also when it is completed or cancelled since.
   */
  once: z.optional(Once),
  ...{ client, project, infrastructure, billable, task_context },
});

export const planFromTemplate = defineOperation({
  name: 'plan-from-template',
  access: 'manage',
  summary: 'Make a plan of a template of the project',
  input: Input,
  answer: () => import('../model/answers/task.ts').then(({ PlanAnswer }) => PlanAnswer),
  async run(list, { template, values: given = {}, once, task_context, ...fields }) {
    const { plan, values } = await planOfTemplate(rootOfTemplates(list), template, given);
    const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
    const context = {
      ...plan.task_context,
      template,
      ...(Object.keys(values).length === 0 ? {} : { parameters: values }),
      ...(once === undefined ? {} : { once }),
      ...task_context,
    };
    const ordered = { ...plan, ...Object.fromEntries(stated), task_context: context };
    const answer = await createPlan(withMode(list), ordered, {
      once: once === undefined ? undefined : [template, once],
    });
    if (answer.existing) requireSameValues(answer, { once, given });
    return answer;
  },
});

/** Gives the folder of the project that templates are files of. @throws DocketError `usage` */
export function rootOfTemplates({ context }: OpenList): string {
  const root = context?.search.project?.root;
  if (root !== undefined) return root;
  throw new DocketError('usage', 'templates are files of a project, and this list is of none', {
    hint: 'docket init makes a project of a folder',
  });
}

/**
 * Refuses a word that stands for a plan with other values: to answer that one would leave the plan
 * that is meant unmade for ever, and nobody would know.
 */
function requireSameValues(
  { task }: PlanAnswer,
  { once, given }: { once: string | undefined; given: Readonly<Record<string, string>> },
): void {
  const { parameters } = task.context;
  if (typeof parameters !== 'object' || parameters === null) return;
  const made = new Map(Object.entries(parameters));
  const others = Object.entries(given)
    .filter(([name, value]) => made.has(name) && made.get(name) !== value)
    .map(([name]) => `${name}=${made.get(name)}`);
  if (others.length === 0) return;
  throw new DocketError(
    'conflict',
    `${task.key} was made for ${once} with other values: ${others.join(', ')}`,
    { hint: `Another word makes another plan, such as --once ${once}-${Object.values(given)[0]}` },
  );
}
