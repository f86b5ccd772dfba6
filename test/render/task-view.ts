import type { HandOver } from '../../lib/model/answers/hand-over.ts';
import type { TaskView } from '../../lib/model/answers/task.ts';

/** A task as a verb answers it, with what a test cares about. */
export function taskView(fields: Partial<TaskView> = {}): TaskView {
  return {
    key: 'web-k3f9',
    id: '01890000-0000-7000-8000-00000000000a',
    title: 'Wire the flux valve',
    description: '',
    status: 'pending',
    type: 'implementation',
    priority: 2,
    complexity: null,
    estimatedMinutes: null,
    due: null,
    notBefore: null,
    labels: [],
    parent: null,
    parentTitle: null,
    subtaskCount: 0,
    progress: null,
    needs: [],
    blockers: [],
    ready: true,
    claim: null,
    assignedAgent: null,
    blockedReason: null,
    client: null,
    project: null,
    infrastructure: [],
    billable: false,
    billableMinutes: null,
    billableMinutesBy: null,
    context: {},
    outcome: null,
    createdAt: '2026-11-21T09:00:00.000Z',
    createdBy: 'alice@one',
    startedAt: null,
    completedAt: null,
    updatedAt: '2026-11-21T09:00:00.000Z',
    revision: 'r',
    ...fields,
  };
}

export const reader = { session: 'session-a', at: '2026-11-21T10:00:00.000Z' };

/** Bob's claim of an hour ago. */
export const claim = {
  session: 'session-b',
  agent: 'main',
  actor: 'bob@two',
  since: '2026-11-21T09:00:00.000Z',
  stale: false,
  absence: null,
  lastSeenAt: '2026-11-21T09:30:00.000Z',
} as const;

/** What a worker is told of a task by itself, with what a test cares about. */
export function handOver(fields: Partial<HandOver> = {}): HandOver {
  return {
    ...{ partOf: [], progress: null, before: [], insights: [], earlier: [], reportFields: [] },
    ...fields,
  };
}
