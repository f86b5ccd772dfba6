import type { Status, Task } from '../model/task.ts';

/** Whether a task that gets this status is one for a client that is done with it, or no longer. */
export function changesBill(
  { parentId, clientId, status }: Pick<Task, 'parentId' | 'clientId' | 'status'>,
  to: Status,
): boolean {
  return (
    parentId === null && clientId !== null && (status === 'completed') !== (to === 'completed')
  );
}
