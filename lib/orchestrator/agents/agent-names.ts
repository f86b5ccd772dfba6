/** Agents as people read them, and what Claude Code calls them. */
const claudeNames: Readonly<Record<string, string>> = {
  'Coding Agent': 'coding-agent',
  'Code Review Agent': 'code-review-agent',
  'Explore Agent': 'Explore',
};

/**
 * The name for `claude --agent`; undefined for what no agent can be called. Names of other agents
 * are used as they are, a plugin's (`plugin:agent`) among them.
 */
export function claudeAgentName(agent: string): string | undefined {
  const name = Object.hasOwn(claudeNames, agent) ? claudeNames[agent] : agent;
  return name !== undefined && /^[A-Za-z0-9][\w.:-]{0,99}$/.test(name) ? name : undefined;
}
