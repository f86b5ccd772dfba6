import { isInsideClaudeCode } from '../../lib/config/trust.ts';
import type { PlanAnswer } from '../../lib/model/answers/task.ts';
import { treeOf } from '../../lib/model/answers/tree.ts';
import { buildChecklist } from '../../lib/model/checklist/build.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { type Plan, parsePlan, parseSubtasks } from '../../lib/model/plan/plan.ts';
import { planHint } from '../../lib/model/plan/plan-hint.ts';
import type { TaskContext } from '../../lib/model/task/input.ts';
import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import { plan } from '../../lib/operations/plan.ts';
import { planFromTemplate } from '../../lib/operations/plan-from-template.ts';
import { planTemplates } from '../../lib/operations/plan-templates.ts';
import { planWithAgent } from '../../lib/operations/plan-with-agent.ts';
import { renderPlan } from '../../lib/render/checklist/plan.ts';
import {
  renderDone,
  renderParentReleased,
  renderSuggestions,
} from '../../lib/render/task/answer.ts';
import { renderTaskLines } from '../../lib/render/task/list.ts';
import { renderTemplates } from '../../lib/render/task/templates.ts';
import {
  type CommandAnswer,
  defineCommand,
  type Flags,
  type FlagValues,
} from '../command/command.ts';
import { runOperation } from '../command/operation-command.ts';
import { agentFlags, readAgentFlags } from '../flags/agent.ts';
import { attributionFlags, readAttribution } from '../flags/attribution.ts';
import { edit, editFlag } from '../flags/edit.ts';
import { fieldFlags, readContext } from '../flags/task-fields.ts';
import {
  readSettings,
  renderExisting,
  requireTemplateAlone,
  templateExample,
  templateFlags,
} from '../flags/template.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readText, readTextOrStdin } from '../terminal/read-text.ts';

const flags = {
  parent: { type: 'string', value: 'KEY', description: 'add the items below this task' },
  'any-order': { type: 'boolean', description: 'items need not wait for the one before them' },
  request: { type: 'string', value: 'TEXT', description: 'what was asked for, in their words' },
  context: fieldFlags.context,
  ...editFlag,
  ...templateFlags,
  agent: { type: 'boolean', description: 'have an agent break the request PLAN down' },
  ...agentFlags,
  ...attributionFlags,
} as const satisfies Flags;

const planLines = [
  '# Title, with what it is about below',
  '- [ ] a step; one that stands further in belongs to the one above',
  '- [ ] another (review; needs 1; agent: NAME)',
  '## A phase of the steps below it',
];

export const command = defineCommand({
  verb: plan,
  usage:
    '[PLAN | --template NAME] [--parent KEY] [--any-order] [--request TEXT] [--agent] [--templates]',
  args: { min: 0, max: 1 },
  flags,
  document: {
    title: 'As JSON, a plan and each of its subtasks may have, beside title and description',
    fields: {
      task_type: TaskType.options.join(', '),
      priority: '0 to 4',
      estimated_complexity: Complexity.options.join(', '),
      estimated_minutes: 'how long it will take',
      assigned_agent: 'the agent it is meant for',
      due: 'when it should be done: 2026-12-01, tomorrow, +3d',
      not_before: 'likewise: it is not ready until then',
      labels: 'a list of short words',
      task_context: 'an object of what else is known',
      billable_minutes: 'time to bill',
      subtasks: 'of a subtask: what it is broken down into',
      needs: 'of a subtask: the numbers, from 1, of those beside it that must be done first',
      parallel: 'of a subtask: a group that stands together and is done in any order',
      any_order: 'true: subtasks need not wait for the one before them',
    },
  },
  examples: [
    "docket plan <<'PLAN'\n  # Add dark mode\n  - [ ] Design the palette\n  - [ ] Write the styles\n  - [ ] Review them (review)\n  PLAN",
    `docket plan '{"title":"Add dark mode","subtasks":[{"title":"Design","task_type":"analysis"},{"title":"Build","needs":[1]}]}'`,
    "docket plan --client 'Acme Corp' --infra nas-1 < plan.md",
    "docket plan '- [ ] Write the tests' --parent web-k3f9",
    "docket plan --request 'Make it pleasant at night' < plan.md",
    "docket plan --agent 'Implement authentication for the API'",
    'docket plan --template backup-check --set host=nas-1 --once 2026-12',
    templateExample,
  ],
  async run({ args: [argument], flags: values, io }) {
    const { parent, template, templates } = values;
    const { 'any-order': anyOrder, edit: isEdited, agent } = values;
    requireTemplateAlone(values, {
      ...{ PLAN: argument, '--parent': parent, '--any-order': anyOrder },
      ...{ '--edit': isEdited, '--agent': agent },
    });
    if (templates) {
      return runOperation(
        planTemplates,
        { flags: values, io },
        { input: {}, text: (answer) => renderTemplates(answer, io.style) },
      );
    }
    if (template !== undefined) return planFrom(template, { flags: values, io });
    if (parent !== undefined && Object.keys(givenAttribution(values)).length > 0) {
      throw new DocketError('usage', 'subtasks are for whom their parent is for', {
        hint: `docket update ${parent} changes that`,
      });
    }
    const text = values.edit
      ? await edit(io, { name: 'plan', text: argument ?? '', about: planLines })
      : await readTextOrStdin(argument, { io, what: 'plan' });
    if (values.agent) return planByAgent(text, { flags: values, io });
    return runOperation(
      plan,
      { flags: values, io },
      {
        input: await readInput(text, values, io),
        words: { what: 'plan:', fields: { parent: '--parent' }, hint: planHint },
        text: (answer, session) =>
          parent === undefined ? planText(answer, io) : additionText(answer, session, io),
      },
    );
  },
});

/** Gives the fields that a flag gives and no others, as a document may have them too. */
function givenAttribution(values: FlagValues<typeof attributionFlags>) {
  const given = Object.entries(readAttribution(values)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<ReturnType<typeof readAttribution>>;
}

/** Joins the document with the values of flags. The parent is a flag, so no document has it. */
async function readInput(text: string, values: FlagValues<typeof flags>, io: CommandIo) {
  const { parent, 'any-order': isAnyOrder } = values;
  const plan: Pick<Plan, 'subtasks'> & Partial<Plan> =
    parent === undefined ? parsePlan(text) : parseSubtasks(text);
  const context = { ...plan.task_context, ...(await readContextFlags(values, io)) };
  return {
    ...plan,
    ...givenAttribution(values),
    ...(parent === undefined ? {} : { parent }),
    ...(isAnyOrder ? { any_order: true } : {}),
    ...(Object.keys(context).length === 0 ? {} : { task_context: context }),
  };
}

/** Makes a plan of a template; one that is made once is told when it is there. */
async function planFrom(
  template: string,
  { flags: values, io }: { flags: FlagValues<typeof flags>; io: CommandIo },
): Promise<CommandAnswer> {
  const { once } = values;
  const context = await readContextFlags(values, io);
  return runOperation(
    planFromTemplate,
    { flags: values, io },
    {
      input: {
        ...{ template, values: readSettings(values.set) },
        ...(once === undefined ? {} : { once }),
        ...givenAttribution(values),
        ...(Object.keys(context).length === 0 ? {} : { task_context: context }),
      },
      words: { what: 'plan:', fields: { once: '--once', template: '--template' } },
      text: (answer) =>
        answer.existing ? renderExisting(answer, once, io.style) : planText(answer, io),
    },
  );
}

/** Gives what the flags say of why the plan is made. */
async function readContextFlags(
  { request, context }: FlagValues<typeof flags>,
  io: CommandIo,
): Promise<TaskContext> {
  return {
    ...(request === undefined ? {} : { user_request: await readText(request, io) }),
    ...(context === undefined ? {} : readContext(await readText(context, io))),
  };
}

/**
 * Has an agent plan. In a session of Claude Code the session itself plans: its rules let it run
 * docket plan without being asked, and an agent costs money.
 */
function planByAgent(
  request: string,
  { flags: values, io }: { flags: FlagValues<typeof flags>; io: CommandIo },
): Promise<CommandAnswer> {
  const { parent, 'any-order': isAnyOrder, request: given, context } = values;
  if (isAnyOrder || [parent, given, context].some((value) => value !== undefined)) {
    throw new DocketError(
      'usage',
      'docket plan --agent takes a request, and no other flag of a plan',
    );
  }
  if (isInsideClaudeCode(io.env)) {
    throw new DocketError('usage', 'in a session of Claude Code the session plans', {
      hint: 'Break the request down yourself: docket plan --help shows how',
    });
  }
  const signal = io.interruption?.();
  io.progress('A planning agent looks at the project ...');
  return runOperation(
    planWithAgent,
    { flags: values, io },
    {
      input: { request, ...readAgentFlags(values), ...givenAttribution(values) },
      watch: { signal },
      text: (answer) => planText(answer, io),
    },
  );
}

/** Renders the checklist to show before the work begins, with the keys that claim its steps. */
function planText(
  { task, subtasks, suggestedEstimates }: PlanAnswer,
  { style }: CommandIo,
): string {
  const checklist = buildChecklist(treeOf(task, subtasks), {
    at: task.updatedAt,
    runFacts: new Map(),
  });
  const opening = renderPlan(checklist, { style, ascii: false }, { withKeys: true });
  const head = [renderDone('Created', task), ...renderSuggestions(suggestedEstimates)];
  return [...head, '', ...opening].join('\n');
}

function additionText(
  { task, subtasks, suggestedEstimates, parentReleased }: PlanAnswer,
  session: string,
  { style }: CommandIo,
): string {
  const lines = renderTaskLines(subtasks, { session, at: task.updatedAt, under: task.key }, style);
  return [
    renderDone('Extended', task),
    ...renderParentReleased(task.key, parentReleased),
    ...lines,
    ...renderSuggestions(suggestedEstimates),
  ].join('\n');
}
