import type { Worker } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import { chunks, placeholdersFor } from '../sql/in-list.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';
import { type EventChange, type StoredEvent, toEvent } from './event-row.ts';

/** An event with the task that it is about. */
export interface EventRow extends StoredEvent {
  readonly key: string | null;
  readonly title: string | null;
}

/** An event to insert. */
export type NewEvent = EventChange & {
  readonly workspaceId: string;
  readonly runId: string | null;
  /** The id of the request that the event came from, or of its transaction. */
  readonly requestId: string;
  readonly worker: Worker;
  /** UTC text as stored. */
  readonly at: string;
};

export function insertEvents(events: readonly NewEvent[]): readonly WriteStatement[] {
  return insertRows(
    'task_events',
    events.map(({ worker, ...event }) => ({
      workspace_id: event.workspaceId,
      seq: event.seq,
      task_id: event.taskId,
      verb: event.verb,
      actor: worker.actor,
      session_id: worker.session,
      agent_id: worker.agent,
      run_id: event.runId,
      request_id: event.requestId,
      old_value: event.oldValue,
      new_value: event.newValue,
      created_at: event.at,
    })),
  );
}

// Key and title are columns of their own: Dolt reads and sorts the whole history to join a part.
const columns = `e.seq, e.task_id, (SELECT t.task_key FROM tasks t WHERE t.id = e.task_id)
  AS task_key, (SELECT t.title FROM tasks t WHERE t.id = e.task_id) AS title, e.verb, e.actor, e.session_id, e.agent_id, e.old_value, e.new_value, e.created_at`;

/** Asks how many events a workspace or one task has, counted up to a limit. */
export function countEvents(
  workspaceId: string,
  { taskId, countTo }: { taskId: string | undefined; countTo: number },
): Request<number> {
  const [column, value] =
    taskId === undefined ? ['workspace_id', workspaceId] : ['task_id', taskId];
  return query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM task_events WHERE ${column} = ?
     LIMIT ${countTo}) AS counted_events`,
    [value],
    ([row]) => (row === undefined ? 0 : integer(row, 'total')),
  );
}

/** The events of a workspace or of one task, as far as they are asked for. */
export interface EventPart {
  readonly taskId: string | undefined;
  readonly limit: number;
}

/** Asks for the newest events of a workspace or of one task, newest first. */
export function newestEvents(workspaceId: string, part: EventPart): Request<readonly EventRow[]> {
  const { sql, params } = newest(workspaceId, part, columns);
  return query(sql, params, (rows) => rows.map(toListed));
}

/**
 * Asks for the titles, by key, of the containers of the tasks that the newest events are about, and
 * of what these tasks are linked to.
 */
export function titlesAround(
  workspaceId: string,
  part: EventPart,
): Request<ReadonlyMap<string, string>> {
  const { sql, params } = newest(workspaceId, part, 'e.task_id');
  const around = together(
    ...[
      `SELECT /*+ LOOKUP_JOIN(capped,t) */ t.parent_task_id AS other_id
       FROM (${sql}) AS capped JOIN tasks t ON t.id = capped.task_id`,
      `SELECT /*+ LOOKUP_JOIN(capped,d) */ d.depends_on_id AS other_id
       FROM (${sql}) AS capped JOIN task_dependencies d ON d.task_id = capped.task_id`,
    ].map((others) =>
      query(
        `SELECT /*+ LOOKUP_JOIN(c,o) */ o.task_key, o.title
         FROM (${others}) AS c JOIN tasks o ON o.id = c.other_id`,
        params,
        (rows) => rows.map((row) => [text(row, 'task_key'), text(row, 'title')] as const),
      ),
    ),
  );
  return mapped(around, (titles) => new Map(titles.flat()));
}

function newest(
  workspaceId: string,
  { taskId, limit }: EventPart,
  selected: string,
): { readonly sql: string; readonly params: readonly string[] } {
  const [column, value] =
    taskId === undefined ? ['e.workspace_id', workspaceId] : ['e.task_id', taskId];
  return {
    sql: `SELECT ${selected} FROM task_events e WHERE ${column} = ?
      ORDER BY ${column} DESC, e.seq DESC LIMIT ${limit}`,
    params: [value],
  };
}

/** The worker whose events are asked for. */
export interface EventsOf {
  readonly workspaceId: string;
  readonly session: string;
  readonly agent: string;
  /** Whether the sessions of single commands count, whose ids begin with this one and `#`. */
  readonly withCommands: boolean;
  /** Events up to this number are left out. */
  readonly after: number;
  readonly limit: number;
}

/** An event with what groups it with others. */
export interface WorkerEvent extends EventRow {
  readonly runId: string | null;
  /** Null in events that an older docket wrote. */
  readonly requestId: string | null;
}

/** Asks for the newest events of one worker, newest first. */
export function workerEvents(of: EventsOf): Request<readonly WorkerEvent[]> {
  const { workspaceId, session, agent, withCommands, after, limit } = of;
  const commands = withCommands ? [`${session}#`, `${session}$`] : [];
  return query(
    `SELECT ${columns}, e.run_id, e.request_id FROM task_events e
     WHERE e.workspace_id = ? AND e.seq > ? AND e.agent_id = ? AND (e.session_id = ?
       ${withCommands ? 'OR (e.session_id > ? AND e.session_id < ?)' : ''})
     ORDER BY e.workspace_id DESC, e.seq DESC LIMIT ${limit}`,
    [workspaceId, after, agent, session, ...commands],
    (rows) =>
      rows.map((row) => ({
        ...toListed(row),
        runId: textOrNull(row, 'run_id'),
        requestId: textOrNull(row, 'request_id'),
      })),
  );
}

/** What happened to a task, and who did it. */
export interface LaterEvent extends Worker {
  readonly seq: number;
  readonly taskId: string;
  readonly verb: string;
}

/** Asks what happened to tasks after an event, each task's oldest first. */
export function eventsOfTasksAfter(
  taskIds: readonly string[],
  seq: number,
): Request<readonly LaterEvent[]> {
  const parts = chunks(taskIds);
  return {
    statements: parts.map((ids) => ({
      sql: `SELECT seq, task_id, verb, actor, session_id, agent_id FROM task_events
       WHERE task_id IN (${placeholdersFor(ids)}) AND seq > ? ORDER BY task_id, seq`,
      params: [...ids, seq],
    })),
    read: (results) =>
      results.flatMap(({ rows }) =>
        rows.map((row) => ({
          seq: integer(row, 'seq'),
          taskId: text(row, 'task_id'),
          verb: text(row, 'verb'),
          actor: text(row, 'actor'),
          session: text(row, 'session_id'),
          agent: text(row, 'agent_id'),
        })),
      ),
  };
}

/** Asks who wrote the newest event of a run: the one that ended it, where it has ended. */
export function lastEventOfRun(taskId: string, runId: string): Request<Worker | undefined> {
  return query(
    `SELECT actor, session_id, agent_id FROM task_events WHERE task_id = ? AND run_id = ?
     ORDER BY task_id DESC, seq DESC LIMIT 1`,
    [taskId, runId],
    ([row]) =>
      row && {
        actor: text(row, 'actor'),
        session: text(row, 'session_id'),
        agent: text(row, 'agent_id'),
      },
  );
}

/** Asks for the events of a workspace that come after one, oldest first. */
export function eventsAfter(
  workspaceId: string,
  { seq, limit }: { seq: number; limit: number },
): Request<readonly EventRow[]> {
  return query(
    `SELECT ${columns} FROM task_events e WHERE e.workspace_id = ? AND e.seq > ?
     ORDER BY e.workspace_id, e.seq LIMIT ${limit}`,
    [workspaceId, seq],
    (rows) => rows.map(toListed),
  );
}

function toListed(row: Row): EventRow {
  return {
    ...toEvent(row),
    key: textOrNull(row, 'task_key'),
    title: textOrNull(row, 'title'),
  };
}
