/** The names of agents in Claude Code, by the names that people read. */
const claudeNames: Readonly<Record<string, string>> = {
  'Coding Agent': 'coding-agent',
  'Code Review Agent': 'code-review-agent',
  'Explore Agent': 'Explore',
};

/**
 * Gives the name for `claude --agent`; undefined for a text that no agent can be called. Names of
 * other agents are used as they are, a plugin's (`plugin:agent`) among them.
 */
export function claudeAgentName(agent: string): string | undefined {
  const name = Object.hasOwn(claudeNames, agent) ? claudeNames[agent] : agent;
  return name !== undefined && /^[A-Za-z0-9][\w.:-]{0,99}$/.test(name) ? name : undefined;
}
