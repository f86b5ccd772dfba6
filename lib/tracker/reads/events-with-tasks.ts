import type { ListEvent, WebhookTask } from '../../model/notify/webhook.ts';
import type { Task } from '../../model/task/task.ts';
import { ask, mapped, together } from '../../store/sql/request.ts';
import { eventsAfter } from '../../store/tables/events.ts';
import { tasksByKeys } from '../../store/tables/task-lookups.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import { attributionRequest } from '../view/attribution.ts';
import { viewEvent } from '../view/event.ts';

/** A part of a workspace's history, in order, with the tasks that it is about. */
export interface EventsWithTasks {
  readonly events: readonly ListEvent[];
  /** The number of the workspace's newest event, which may come after those. */
  readonly seq: number;
}

/**
 * Reads the events of the workspace after the one with the number `seq`, oldest first, and of each
 * the task as it is now. A quiet list is one flight.
 */
export function eventsWithTasks(
  { store, workspaceId }: Scope,
  seq: number,
  { limit }: { readonly limit: number },
): Promise<EventsWithTasks> {
  return store.read(async (db) => {
    const [rows, workspace] = await ask(
      db,
      together(eventsAfter(workspaceId, { seq, limit }), workspaceById(workspaceId)),
    );
    const keys = [...new Set(rows.flatMap(({ key }) => key ?? []))];
    const tasks = await ask(db, tasksByKeys(keys));
    const view = await ask(
      db,
      mapped(attributionRequest(tasks), (attributionOf) => (task: Task): WebhookTask => {
        const { key, title, status, type, priority } = task;
        const { client, project } = attributionOf(task);
        return { key, title, status, type, priority, client, project };
      }),
    );
    const byKey = new Map(tasks.map((task) => [task.key, view(task)]));
    return {
      events: rows.map((row) => ({ ...viewEvent(row), about: byKey.get(row.key ?? '') ?? null })),
      seq: workspace?.seq ?? 0,
    };
  });
}
