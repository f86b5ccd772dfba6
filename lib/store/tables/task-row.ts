import type { Complexity, Priority, Queue, Status, Task, TaskType } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { integer, integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';

export const taskColumns = `id, task_key, workspace_id, parent_task_id, position, title,
  description, status, task_type, priority, estimated_complexity, estimated_minutes,
  assigned_agent, claim_session_id, claim_agent_id, claim_actor, claimed_at, blocked_reason,
  created_session_id, client_id, project_id, infrastructure_count, billable, billable_minutes,
  task_context, outcome, created_at, created_by, started_at, completed_at, updated_at, revision,
  queue, waiting_for, subtask_count`;

/** The schema's CHECKs hold the enumerations, so a row needs no second validation. */
export function toTask(row: Row): Task {
  const session = textOrNull(row, 'claim_session_id');
  return {
    id: text(row, 'id'),
    key: text(row, 'task_key'),
    workspaceId: text(row, 'workspace_id'),
    parentId: textOrNull(row, 'parent_task_id'),
    position: integer(row, 'position'),
    title: text(row, 'title'),
    description: text(row, 'description'),
    status: text(row, 'status') as Status,
    type: text(row, 'task_type') as TaskType,
    priority: integer(row, 'priority') as Priority,
    complexity: textOrNull(row, 'estimated_complexity') as Complexity | null,
    estimatedMinutes: integerOrNull(row, 'estimated_minutes'),
    assignedAgent: textOrNull(row, 'assigned_agent'),
    claim:
      session === null
        ? null
        : {
            session,
            agent: text(row, 'claim_agent_id'),
            actor: text(row, 'claim_actor'),
            since: time(row, 'claimed_at'),
          },
    blockedReason: textOrNull(row, 'blocked_reason'),
    createdSession: text(row, 'created_session_id'),
    clientId: textOrNull(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    infrastructureCount: integer(row, 'infrastructure_count'),
    billable: integer(row, 'billable') === 1,
    billableMinutes: integerOrNull(row, 'billable_minutes'),
    context: text(row, 'task_context'),
    outcome: textOrNull(row, 'outcome'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    startedAt: timeOrNull(row, 'started_at'),
    completedAt: timeOrNull(row, 'completed_at'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
    queue: text(row, 'queue') as Queue,
    waitingFor: textOrNull(row, 'waiting_for'),
    subtaskCount: integer(row, 'subtask_count'),
  };
}
