import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { Deadline } from '../hook-io/deadline.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { renderPromptBlock } from '../render/prompt/block.ts';
import { rulesOfAgent } from '../render/prompt/rules.ts';
import { markAgents } from '../state/agent-mark.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession } from '../state/session-state.ts';
import { type AgentInput, agentName } from './agent-name.ts';
import type { HookContext } from './hook-context.ts';
import { staleBlock } from './prompt-briefing.ts';
import { createLastList, readList } from './read-list.ts';

/** Claude Code's own agents that look something up, answer and are gone: they take no tasks. */
const lookingTypes: ReadonlySet<string> = new Set([
  ...['Explore', 'Plan', 'claude-code-guide', 'statusline-setup', 'output-style-setup'],
]);

/** The block's limit for an agent, which has a task of its own to read. */
const blockLimit = 1_500;

export interface SubagentOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly deadline?: Deadline;
}

/**
 * Tells a subagent or team-mate, which gets neither the rules nor the list of its session, what
 * docket is, its name there, and what is open. The helpers of an agent that docket runs are told
 * nothing: that agent reports, and they take no tasks.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function briefSubagent(
  hook: HookContext,
  input: AgentInput,
  { env, now, deadline }: SubagentOptions,
): Promise<HookAnswer | undefined> {
  const name = agentName(input);
  if (name === undefined || env.DOCKET_RUN) return undefined;
  markAgents(hook.stateFolder, hook.sessionId);
  if (lookingTypes.has(input.agent_type ?? '')) return undefined;
  const lastList = createLastList(hook);
  const result = await readList(hook, env, { now, lastList, deadline });
  const actor = readSession(hook.stateFolder, hook.sessionId).actor ?? plainActor(env);
  const own = { actor, session: hook.sessionId, agent: name };
  const reader = { ...own, probe: createProcessProbe(), limit: blockLimit };
  const block =
    result.kind === 'fresh'
      ? renderPromptBlock(result.list, reader)
      : staleBlock(reader, lastList(), now);
  return { context: [rulesOfAgent(name), block].filter(Boolean).join('\n\n') };
}
