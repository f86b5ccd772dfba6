import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { parseInput, visible } from '../task/input.ts';
import { TaskType } from '../task/task.ts';

const AgentName = z.string().check(z.maxLength(limits.agent), ...visible);

/** Who does the tasks of a type, in the order of preference, and who judges what they did. */
const Route = z.strictObject({
  work: z.optional(z.array(AgentName).check(z.minLength(1))),
  /** Null: nobody. */
  review: z.optional(z.nullable(AgentName)),
});

/** `agents` in docket.json; types that it does not name keep the routes below. */
export const Routing = z.partialRecord(TaskType, Route);
export type Routing = z.infer<typeof Routing>;

/** `orchestrator` in docket.json. */
export const Limits = z.strictObject({
  /** Agents at work at the same time. */
  parallel: z.optional(z.int().check(z.minimum(1), z.maximum(64))),
  /** Minutes that one agent may take. */
  timeout_minutes: z.optional(z.int().check(z.minimum(1), z.maximum(1_440))),
  /** US dollars that one agent may spend. */
  budget_usd: z.optional(z.number().check(z.positive())),
  /** Runs that may fail before the task is blocked. */
  max_attempts: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  /** Reviews that may reject before the task is blocked. */
  max_review_cycles: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
});
export type Limits = z.infer<typeof Limits>;

/** How tasks are handed to agents. */
export interface Policy {
  readonly routes: Readonly<
    Record<TaskType, { readonly work: readonly string[]; readonly review: string | null }>
  >;
  readonly parallel: number;
  readonly timeoutMs: number;
  readonly budgetUsd: number | undefined;
  readonly maxAttempts: number;
  readonly maxReviewCycles: number;
}

const coder = 'Coding Agent';
const reviewer = 'Code Review Agent';
const explorers = ['Explore Agent', 'general-purpose'];
const generalist = 'general-purpose';

/** The agents that docket brings along; Claude Code has the others. */
export const docketAgents: readonly string[] = [coder, reviewer];

/** The seed's table of who does what. */
const routes: Policy['routes'] = {
  implementation: { work: [coder], review: reviewer },
  bugfix: { work: [coder], review: reviewer },
  research: { work: explorers, review: null },
  analysis: { work: explorers, review: null },
  review: { work: [reviewer], review: null },
  testing: { work: [coder], review: null },
  deployment: { work: [generalist], review: null },
  documentation: { work: [generalist], review: null },
};

/** The reviewer of work that asks for a review by itself (`needs_review`), whatever its type. */
export const defaultReviewer = reviewer;

/** What differs from the usual routes and limits. */
export interface PolicyOptions {
  /** Who does which type of task, and who reviews it. */
  readonly agents?: Routing | undefined;
  readonly limits?: Limits | undefined;
}

const PolicyOptions = z.object({ agents: z.optional(Routing), limits: z.optional(Limits) });

/**
 * Makes a policy of the usual one and what differs from it.
 *
 * @throws DocketError `invalid_input`
 */
export function makePolicy(options: PolicyOptions = {}): Policy {
  const given = parseInput(PolicyOptions, options, { what: 'makePolicy:' });
  const { agents = {}, limits: overrides = {} } = given;
  const configured = TaskType.options.map((type) => {
    const { work, review } = agents[type] ?? {};
    const usual = routes[type];
    return [
      type,
      { work: work ?? usual.work, review: review === undefined ? usual.review : review },
    ];
  });
  return {
    routes: Object.fromEntries(configured) as Policy['routes'],
    parallel: overrides.parallel ?? 3,
    timeoutMs: (overrides.timeout_minutes ?? 60) * 60_000,
    budgetUsd: overrides.budget_usd,
    maxAttempts: overrides.max_attempts ?? 3,
    maxReviewCycles: overrides.max_review_cycles ?? 3,
  };
}
