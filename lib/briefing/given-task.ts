import type { HookInput } from '../hook-io/input.ts';
import { type AgentCall, findGivenTask, type GivenTask } from '../state/given-task.ts';
import { readState } from '../state/state-file.ts';
import type { HookContext } from './hook-context.ts';

/** The names that Claude Code has for an agent's files. */
const plainId = /^[A-Za-z0-9_-]{1,128}$/;

type Session = Pick<HookContext, 'stateFolder' | 'sessionId'>;
type OfAgent = Pick<HookInput, 'agent_id' | 'transcript_path'>;

/**
 * Finds the task that its session gave to the subagent of a hook.
 *
 * @returns undefined for the main session, and for an agent that was given none.
 */
export function givenTaskOf(session: Session, input: OfAgent): GivenTask | undefined {
  const call = callOf(session, input);
  return call && findGivenTask(session.stateFolder, call);
}

/**
 * Finds the call of the Agent tool that started the subagent of a hook. Hooks are told the
 * subagent's id and not the call: that stands in a file which Claude Code keeps beside the
 * subagent's conversation, from before its first request on. Of several agents that start at once
 * nothing else tells which is which.
 */
export function callOf(
  { sessionId }: Session,
  { agent_id: id, transcript_path: transcript }: OfAgent,
): AgentCall | undefined {
  if (id === undefined || !plainId.test(id) || !transcript?.endsWith('.jsonl')) return undefined;
  const folder = transcript.slice(0, -'.jsonl'.length);
  const about = readState<{ toolUseId?: unknown }>(`${folder}/subagents/agent-${id}.meta.json`);
  const call = about?.toolUseId;
  return typeof call === 'string' ? { sessionId, call } : undefined;
}
