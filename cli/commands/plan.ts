import { isInsideClaudeCode } from '../../lib/config/trust.ts';
import type { PlanAnswer } from '../../lib/model/answers/task.ts';
import { buildChecklist } from '../../lib/model/checklist/build.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { inOrder, parsePlan, parseSubtasks } from '../../lib/model/plan/plan.ts';
import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import { renderPlan } from '../../lib/render/checklist/plan.ts';
import { renderDone, renderSuggestions } from '../../lib/render/task/answer.ts';
import { renderTaskLines } from '../../lib/render/task/list.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { createPlan, extendPlan } from '../../lib/tracker/tasks/create-plan.ts';
import { type CommandAnswer, type CommandIo, defineCommand, type FlagValues } from '../command.ts';
import { agentFlags } from '../flags/agent.ts';
import { attributionFlags, readAttribution } from '../flags/attribution.ts';
import { withScope } from '../open-scope.ts';
import { withMode } from '../project-settings.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: 'Add a task with its subtasks, or more subtasks',
  usage: '[PLAN] [--parent KEY] [--in-order] [--agent]',
  args: { min: 0, max: 1 },
  flags: {
    parent: { type: 'string', value: 'KEY', description: 'add the items below this task' },
    'in-order': { type: 'boolean', description: 'each item needs the one before it' },
    agent: { type: 'boolean', description: 'have an agent break the request PLAN down' },
    ...agentFlags,
    ...attributionFlags,
  },
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
  async run({ args: [argument], flags, io }) {
    const text = readTextOrStdin(argument, { io, what: 'plan' });
    const { parent, agent } = flags;
    const isInOrder = flags['in-order'];
    const attribution = readAttribution(flags);
    if (parent !== undefined && Object.keys(attribution).length > 0) {
      throw new DocketError('usage', 'subtasks are for whom their parent is for', {
        hint: `docket update ${parent} changes that`,
      });
    }
    if (agent) return planByAgent(text, { flags, io });
    const apply =
      parent === undefined
        ? planNew(text, { isInOrder, attribution })
        : planMore(parent, text, isInOrder);
    return withScope({ flags, io }, async (open) => {
      const { scope } = open;
      const data = await apply(withMode(open));
      if (parent === undefined) return planAnswer(data, io);
      const reader = { session: scope.worker.session, at: data.task.updatedAt };
      const lines = renderTaskLines(data.subtasks, reader, io.style);
      const similar = renderSuggestions(data.suggestedEstimates);
      return { data, text: [renderDone('Extended', data.task), ...lines, ...similar].join('\n') };
    });
  },
});

/** The checklist to show before the work begins, with the keys that claim its steps. */
function openingPlan({ task, subtasks }: PlanAnswer, { style }: CommandIo): string {
  const branch = { task, subtasks: subtasks.map((subtask) => ({ task: subtask, subtasks: [] })) };
  const checklist = buildChecklist(branch, { at: task.updatedAt, runFacts: new Map() });
  return renderPlan(checklist, { style, ascii: false }, { withKeys: true }).join('\n');
}

function planAnswer(data: PlanAnswer, io: CommandIo): CommandAnswer {
  const head = [renderDone('Created', data.task), ...renderSuggestions(data.suggestedEstimates)];
  return { data, text: `${head.join('\n')}\n\n${openingPlan(data, io)}` };
}

/**
 * In a session of Claude Code the session itself plans: its rules let it run docket plan without
 * being asked, and an agent costs money.
 */
function planByAgent(request: string, input: PlanInput): Promise<CommandAnswer> {
  const { flags, io } = input;
  if (flags.parent !== undefined || flags['in-order']) {
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
  return withScope(input, async (open) => {
    const { makeOrchestrator } = await import('../orchestrator.ts');
    const signal = io.interruption?.();
    io.progress('A planning agent looks at the project ...');
    const orchestrator = makeOrchestrator(open, { env: io.env, flags });
    const options = { fields: readAttribution(flags), ...(signal === undefined ? {} : { signal }) };
    return planAnswer(await orchestrator.planWithAgent(request, options), io);
  });
}

interface PlanInput {
  readonly flags: FlagValues<typeof agentFlags & typeof attributionFlags> & {
    readonly parent: string | undefined;
    readonly 'in-order': boolean;
  };
  readonly io: CommandIo;
}

function planNew(
  text: string,
  {
    isInOrder,
    attribution,
  }: { isInOrder: boolean; attribution: ReturnType<typeof readAttribution> },
) {
  const plan = { ...parsePlan(text), ...attribution };
  const subtasks = isInOrder ? inOrder(plan.subtasks) : plan.subtasks;
  return (scope: Scope) => createPlan(scope, { ...plan, subtasks });
}

function planMore(parent: string, text: string, isInOrder: boolean) {
  const given = parseSubtasks(text);
  const subtasks = isInOrder ? inOrder(given) : given;
  return (scope: Scope) => extendPlan(scope, parent, subtasks);
}
