import type { Row } from '../contract.ts';
import { id, integer, text, textOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { mapped, query, type Request } from '../sql/request.ts';
import { type StoredEvent, toEvent } from '../tables/event-row.ts';

/** An event of a task, with the run that it belongs to. */
export interface TaskEvent extends StoredEvent {
  readonly taskId: string;
  readonly runId: string | null;
}

/** Asks for the newest events of some tasks, newest first. */
export function eventsOfTasks(
  taskIds: readonly string[],
  limit: number,
): Request<readonly TaskEvent[]> {
  const asked = inList(
    taskIds,
    (list) => `SELECT seq, task_id, verb, actor, session_id, agent_id, run_id, old_value, new_value,
        created_at FROM task_events
      WHERE task_id IN (${list}) ORDER BY seq DESC LIMIT ${limit}`,
    (rows) => rows.map(toTaskEvent),
  );
  return mapped(asked, (events) => newestFirst(events).slice(0, limit));
}

/** Reads an event of a task from a row with all its columns. */
export function toTaskEvent(row: Row): TaskEvent {
  return { ...toEvent(row), taskId: text(row, 'task_id'), runId: textOrNull(row, 'run_id') };
}

export function newestFirst<T extends Pick<StoredEvent, 'seq'>>(
  events: readonly T[],
): readonly T[] {
  return events.toSorted((a, b) => b.seq - a.seq);
}

/** Asks how many events some tasks have, counted up to a limit for each hundred tasks. */
export function countEventsOfTasks(taskIds: readonly string[], countTo: number): Request<number> {
  return inList(
    taskIds,
    (list) => `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM task_events
      WHERE task_id IN (${list}) LIMIT ${countTo}) AS counted_events`,
    (rows) => rows.reduce((sum, row) => sum + integer(row, 'total'), 0),
  );
}

/** Asks for the keys that some tasks had before they were moved. */
export function formerKeysOf(
  taskIds: readonly string[],
): Request<readonly { readonly taskId: string; readonly key: string }[]> {
  return inList(
    taskIds,
    (list) => `SELECT task_id, task_key FROM former_keys WHERE task_id IN (${list})
      ORDER BY task_id, task_key`,
    (rows) => rows.map((row) => ({ taskId: text(row, 'task_id'), key: text(row, 'task_key') })),
  );
}

/** Asks for the slugs of all clients, projects and infrastructure of a workspace, by their ids. */
export function allSlugs(workspaceId: string): Request<ReadonlyMap<string, string>> {
  return query(
    ['clients', 'projects', 'infrastructure']
      .map((table) => `SELECT id, slug FROM ${table} WHERE workspace_id = ?`)
      .join(' UNION ALL '),
    [workspaceId, workspaceId, workspaceId],
    (rows) => new Map(rows.map((row) => [id(row, 'id'), text(row, 'slug')])),
  );
}
