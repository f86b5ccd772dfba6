import { isInsideClaudeCode } from '../../lib/config/trust.ts';
import type { PlanAnswer } from '../../lib/model/answers/task.ts';
import { buildChecklist } from '../../lib/model/checklist/build.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { parsePlan, parseSubtasks } from '../../lib/model/plan/plan.ts';
import { planHint } from '../../lib/model/plan/plan-hint.ts';
import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import { plan } from '../../lib/operations/plan.ts';
import { planWithAgent } from '../../lib/operations/plan-with-agent.ts';
import { renderPlan } from '../../lib/render/checklist/plan.ts';
import { renderDone, renderSuggestions } from '../../lib/render/task/answer.ts';
import { renderTaskLines } from '../../lib/render/task/list.ts';
import {
  type CommandAnswer,
  defineCommand,
  type Flags,
  type FlagValues,
} from '../command/command.ts';
import { runOperation } from '../command/operation-command.ts';
import { agentFlags, readAgentFlags } from '../flags/agent.ts';
import { attributionFlags, readAttribution } from '../flags/attribution.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

const flags = {
  parent: { type: 'string', value: 'KEY', description: 'add the items below this task' },
  'in-order': { type: 'boolean', description: 'each item needs the one before it' },
  agent: { type: 'boolean', description: 'have an agent break the request PLAN down' },
  ...agentFlags,
  ...attributionFlags,
} as const satisfies Flags;

export const command = defineCommand({
  verb: plan,
  usage: '[PLAN] [--parent KEY] [--in-order] [--agent]',
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
      task_context: 'an object of what else is known',
      billable_minutes: 'time to bill',
      needs: 'of a subtask: the numbers, from 1, of those that must be done first',
    },
  },
  examples: [
    "docket plan <<'PLAN'\n  # Add dark mode\n  - [ ] Design the palette\n  - [ ] Write the styles\n  - [ ] Review them (review)\n  PLAN",
    `docket plan '{"title":"Add dark mode","subtasks":[{"title":"Design","task_type":"analysis"},{"title":"Build","needs":[1]}]}'`,
    "docket plan --client 'Acme Corp' --infra nas-1 < plan.md",
    "docket plan '- [ ] Write the tests' --parent web-k3f9",
    "docket plan --agent 'Implement authentication for the API'",
  ],
  async run({ args: [argument], flags: values, io }) {
    const text = readTextOrStdin(argument, { io, what: 'plan' });
    const { parent } = values;
    if (parent !== undefined && Object.keys(givenAttribution(values)).length > 0) {
      throw new DocketError('usage', 'subtasks are for whom their parent is for', {
        hint: `docket update ${parent} changes that`,
      });
    }
    if (values.agent) return planByAgent(text, { flags: values, io });
    return runOperation(
      plan,
      { flags: values, io },
      {
        input: readInput(text, values),
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

/** Joins the document with the values of flags. Parent and order are flags, so no document has them. */
function readInput(text: string, values: FlagValues<typeof flags>) {
  const { parent, 'in-order': isInOrder } = values;
  return {
    ...(parent === undefined ? parsePlan(text) : parseSubtasks(text)),
    ...givenAttribution(values),
    ...(parent === undefined ? {} : { parent }),
    ...(isInOrder ? { in_order: true } : {}),
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
  if (values.parent !== undefined || values['in-order']) {
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
  const tree = { task, subtasks: subtasks.map((subtask) => ({ task: subtask, subtasks: [] })) };
  const checklist = buildChecklist(tree, { at: task.updatedAt, runFacts: new Map() });
  const opening = renderPlan(checklist, { style, ascii: false }, { withKeys: true });
  const head = [renderDone('Created', task), ...renderSuggestions(suggestedEstimates)];
  return [...head, '', ...opening].join('\n');
}

function additionText(
  { task, subtasks, suggestedEstimates }: PlanAnswer,
  session: string,
  { style }: CommandIo,
): string {
  const lines = renderTaskLines(subtasks, { session, at: task.updatedAt }, style);
  return [renderDone('Extended', task), ...lines, ...renderSuggestions(suggestedEstimates)].join(
    '\n',
  );
}
