import { readdirSync } from 'node:fs';
import { plainActor } from '../config/identity.ts';
import type { HookInput } from '../hook-io/input.ts';
import { mainAgent } from '../model/worker.ts';
import { keepNews } from '../state/agent-news.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import {
  type AgentCall,
  findGivenTask,
  type GivenTask,
  keepGivenTask,
} from '../state/given-task.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession } from '../state/session-state.ts';
import { readState } from '../state/state-file.ts';
import { agentName } from './agent-name.ts';
import { callOf } from './given-task.ts';
import type { HookContext } from './hook-context.ts';
import type { TakeOptions } from './take-report.ts';
import { withStore } from './with-store.ts';
import { registerDeadline } from './write-limits.ts';

/** An agent with a task that neither runs nor was seen to end. */
interface Left {
  readonly name: string;
  readonly call: AgentCall;
  readonly given: GivenTask & { readonly run: string };
}

/**
 * Settles the agents of a session that a person has interrupted, or whose process is gone: no hook
 * is told of that. When the session stops, none of its agents runs but those in the background,
 * which Claude Code names; of the others, who was given a task and was not seen to end is gone.
 *
 * @throws DocketError and DeadlineError, which are logged; the next stop tries again.
 */
export async function settleAgents(
  hook: HookContext,
  input: HookInput,
  { env, now, deadline = registerDeadline }: TakeOptions,
): Promise<undefined> {
  const { sessionId, stateFolder, context } = hook;
  const left = hook.agentId === undefined ? findLeft(hook, input) : [];
  if (left.length === 0 || isOpen(readBreaker(stateFolder, hook.listId), now)) return;
  const actor = readSession(stateFolder, sessionId).actor ?? plainActor(env);
  await withStore(hook, env, {
    deadline,
    work: async (store) => {
      const worker = { session: sessionId, agent: mainAgent, actor };
      const probe = createProcessProbe();
      const scope = { store, workspaceId: context.workspace.id, worker, probe };
      const { noteAgentLeft } = await import('./record-agent-report.ts');
      for (const { name, call, given } of left) {
        const end = { key: given.key, run: given.run, agent: name, words: '' };
        const news = await noteAgentLeft(scope, end);
        keepGivenTask(stateFolder, call, { ...given, isLeft: true });
        if (news !== undefined) keepNews(stateFolder, sessionId, news);
      }
    },
  });
}

function findLeft(hook: HookContext, { transcript_path, running }: HookInput): readonly Left[] {
  if (running === undefined || !transcript_path?.endsWith('.jsonl')) return [];
  const folder = `${transcript_path.slice(0, -'.jsonl'.length)}/subagents`;
  return namesIn(folder).flatMap((file): readonly Left[] => {
    const [, id] = /^agent-([A-Za-z0-9_-]+)\.meta\.json$/.exec(file) ?? [];
    if (id === undefined || running.includes(id)) return [];
    const call = callOf(hook, { agent_id: id, transcript_path });
    const given = call && findGivenTask(hook.stateFolder, call);
    const { agentType } = readState<{ agentType?: unknown }>(`${folder}/${file}`) ?? {};
    const type = typeof agentType === 'string' ? agentType : undefined;
    const name = agentName({ agent_id: id, agent_type: type });
    if (call === undefined || name === undefined || given?.run === undefined || given.isLeft) {
      return [];
    }
    return [{ name, call, given: { ...given, run: given.run } }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
