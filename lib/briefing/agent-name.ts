import { mainAgent } from '../model/worker.ts';

/** What Claude Code says of the subagent or team-mate that a hook is about. */
export interface AgentInput {
  /** Undefined in the main session. */
  readonly agent_id: string | undefined;
  readonly agent_type: string | undefined;
}

/** The number of characters at the end of an id that tell two agents of one type apart. */
const idTail = 6;

/**
 * Names the agent as a worker of its session: a team-mate by the name it was given, which begins
 * its id, and a subagent by its type and the end of its id, `general-purpose-70ed4f`. The name is
 * one word of a shell as it is.
 *
 * @returns undefined for the main session.
 */
export function agentName({ agent_id: id, agent_type: type = '' }: AgentInput): string | undefined {
  if (!id) return undefined;
  const kind = plainWord(type).slice(0, 60) || 'agent';
  const isNamed = type !== '' && id.startsWith(`a${type}-`) && kind !== mainAgent;
  return isNamed ? kind : `${kind}-${plainWord(id).slice(-idTail)}`;
}

function plainWord(text: string): string {
  return text.replace(/[^A-Za-z0-9._:-]+/g, '-').replace(/^[-.:]+/, '');
}
