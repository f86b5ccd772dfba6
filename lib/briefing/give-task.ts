import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { Deadline } from '../hook-io/deadline.ts';
import type { HookInput } from '../hook-io/input.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { mainAgent } from '../model/worker.ts';
import { renderGiven } from '../render/task/given.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import { keepGivenTask, markGiven } from '../state/given-task.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession } from '../state/session-state.ts';
import { findGiven } from '../tracker/agents/find-given.ts';
import { givenTaskOf } from './given-task.ts';
import type { HookContext } from './hook-context.ts';
import { readDeadline } from './read-list.ts';
import { withStore } from './with-store.ts';

/** The Agent tool, and its name in earlier versions. */
const agentTools: ReadonlySet<unknown> = new Set(['Agent', 'Task']);

export interface GiveOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly deadline?: Deadline;
}

/**
 * Gives an agent that its session starts the task that the session claimed for it: the agent's
 * prompt ends with the task, and how to report. A hook on the agent's own start would come too late
 * to know the prompt, and could not tell agents apart that start at once. A helper of such an agent
 * is only held to the same rules, and a team-mate takes its tasks itself.
 *
 * @returns undefined when nothing is given.
 * @throws DocketError `not_trusted`, `invalid_config`, `unreachable`; DeadlineError
 */
export async function giveTask(
  hook: HookContext,
  input: HookInput,
  { env, now, deadline = readDeadline }: GiveOptions,
): Promise<HookAnswer | undefined> {
  const { sessionId, stateFolder } = hook;
  const { tool_name: tool, tool_use_id: call, tool_input: said } = input;
  if (!agentTools.has(tool) || call === undefined || env.DOCKET_RUN) return undefined;
  const { prompt, subagent_type: type } = said;
  if (typeof prompt !== 'string' || isTeammate(said, env)) return undefined;
  if (input.agent_id !== undefined) {
    const own = givenTaskOf(hook, input);
    if (own !== undefined) keepGivenTask(stateFolder, { sessionId, call }, { key: own.key });
    return undefined;
  }
  if (isOpen(readBreaker(stateFolder, hook.listId), now)) return undefined;
  const actor = readSession(stateFolder, sessionId).actor ?? plainActor(env);
  const { workspace } = hook.context;
  const given = await withStore(hook, env, {
    deadline,
    work: (store) =>
      findGiven(
        {
          store,
          workspaceId: workspace.id,
          worker: { session: sessionId, agent: mainAgent, actor },
          probe: createProcessProbe(),
        },
        {
          agent: typeof type === 'string' ? type : defaultType,
          keys: keysIn(prompt, workspace.slug),
        },
      ),
  });
  if (given === undefined) return undefined;
  const { task, run, isNamed } = given;
  // A session starts many agents of one type; by the type alone, the first gets the task.
  if (!markGiven(stateFolder, run.id) && !isNamed) return undefined;
  const isKept = keepGivenTask(stateFolder, { sessionId, call }, { key: task.key, run: run.id });
  if (!isKept) return undefined;
  return { updatedInput: { ...said, prompt: `${prompt}\n\n${renderGiven(given, run.role)}` } };
}

/** The type of an agent whose call names none. */
const defaultType = 'general-purpose';

/** With agent teams, an agent with a name is a team-mate. */
function isTeammate({ name }: HookInput['tool_input'], env: Env): boolean {
  return typeof name === 'string' && Boolean(env.CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS);
}

/** The longest part of a prompt that is searched. */
const longest = 100_000;

/** Finds the keys of a list that a text names. */
function keysIn(text: string, slug: string): readonly string[] {
  const key = new RegExp(`(?<![\\w.-])${slug}-[a-z0-9]{4,16}(?:\\.\\d{1,6})*(?![\\w-])`, 'gi');
  return (text.slice(0, longest).match(key) ?? []).map((each) => each.toLowerCase());
}
