import type { Claim, Queue, Task } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';

/**
 * The fields of a task that tell which other rows its view needs. Its texts, which can be long, are
 * left out.
 */
export interface TaskStub
  extends Pick<
    Task,
    'id' | 'key' | 'queue' | 'clientId' | 'projectId' | 'infrastructureCount' | 'subtaskCount'
  > {
  readonly claim: Pick<Claim, 'session'> | null;
}

export const stubColumns = `id, task_key, queue, client_id, project_id, infrastructure_count,
  subtask_count, claim_session_id`;

export function toStub(row: Row): TaskStub {
  const session = textOrNull(row, 'claim_session_id');
  return {
    id: text(row, 'id'),
    key: text(row, 'task_key'),
    queue: text(row, 'queue') as Queue,
    clientId: textOrNull(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    infrastructureCount: integer(row, 'infrastructure_count'),
    subtaskCount: integer(row, 'subtask_count'),
    claim: session === null ? null : { session },
  };
}
