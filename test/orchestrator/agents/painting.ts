import type { TaskRequest } from '../../../lib/orchestrator/agents/agent-runner.ts';

/** A request for the first attempt at a task, as far as it does not depend on the test. */
export const painting = {
  agent: 'Coding Agent',
  role: 'work',
  key: 'web-k3f9',
  title: 'Paint the wall',
  type: 'implementation',
  attempt: 1,
  prompt: 'paint the wall',
  timeoutMs: 60_000,
} as const satisfies Partial<TaskRequest>;
