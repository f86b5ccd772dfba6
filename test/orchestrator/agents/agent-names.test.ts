import { expect, test } from 'vitest';
import { claudeAgentName } from '../../../lib/orchestrator/agents/agent-names.ts';

test.each([
  ['Coding Agent', 'coding-agent'],
  ['Code Review Agent', 'code-review-agent'],
  ['Explore Agent', 'Explore'],
  ['general-purpose', 'general-purpose'],
  ['plumber', 'plumber'],
  ['some-plugin:plumber', 'some-plugin:plumber'],
  ['Some Agent', undefined],
  ['constructor', 'constructor'],
  ['-x', undefined],
])('%s is %s to Claude Code', (agent, name) => {
  expect(claudeAgentName(agent)).toBe(name);
});
