import type { Worker } from '../../model/task/task.ts';
import type { Db, Dialect } from '../contract.ts';
import { integer, text, textOrNull, time } from '../sql/columns.ts';
import { now } from '../sql/now.ts';
import { insertRows, runWrites, type WriteStatement } from '../sql/write.ts';

export interface EventRow {
  readonly seq: number;
  readonly taskId: string | null;
  readonly key: string | null;
  readonly verb: string;
  readonly actor: string;
  readonly session: string;
  readonly agent: string;
  /** JSON text of what was before and after, or null. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly createdAt: string;
}

/** An event to record. */
export type NewEvent = Pick<EventRow, 'seq' | 'taskId' | 'verb' | 'oldValue' | 'newValue'> & {
  readonly workspaceId: string;
  readonly runId: string | null;
  readonly worker: Worker;
};

export async function insertEvent(db: Db, event: NewEvent): Promise<void> {
  await runWrites(db, insertEventsStatements(db.dialect, [event]));
}

export function insertEventsStatements(
  dialect: Dialect,
  events: readonly NewEvent[],
): readonly WriteStatement[] {
  return insertRows(
    dialect,
    'task_events',
    events.map((event) => ({
      workspace_id: event.workspaceId,
      seq: event.seq,
      task_id: event.taskId,
      verb: event.verb,
      actor: event.worker.actor,
      session_id: event.worker.session,
      agent_id: event.worker.agent,
      run_id: event.runId,
      old_value: event.oldValue,
      new_value: event.newValue,
      created_at: now,
    })),
  );
}

/** The newest events of a workspace or of one task, newest first. */
export async function findEvents(
  db: Db,
  workspaceId: string,
  { taskId, limit }: { taskId: string | undefined; limit: number },
): Promise<readonly EventRow[]> {
  // The key as a column of its own: Dolt reads and sorts the whole history to join a part of it.
  const columns = `e.seq, e.task_id, (SELECT t.task_key FROM tasks t WHERE t.id = e.task_id)
    AS task_key, e.verb, e.actor, e.session_id, e.agent_id, e.old_value, e.new_value, e.created_at`;
  const from = 'task_events e';
  const rows =
    taskId === undefined
      ? await db.query(
          `SELECT ${columns} FROM ${from} WHERE e.workspace_id = ?
           ORDER BY e.workspace_id DESC, e.seq DESC LIMIT ${limit}`,
          [workspaceId],
        )
      : await db.query(
          `SELECT ${columns} FROM ${from} WHERE e.task_id = ?
           ORDER BY e.task_id DESC, e.seq DESC LIMIT ${limit}`,
          [taskId],
        );
  return rows.map((row) => ({
    seq: integer(row, 'seq'),
    taskId: textOrNull(row, 'task_id'),
    key: textOrNull(row, 'task_key'),
    verb: text(row, 'verb'),
    actor: text(row, 'actor'),
    session: text(row, 'session_id'),
    agent: text(row, 'agent_id'),
    oldValue: textOrNull(row, 'old_value'),
    newValue: textOrNull(row, 'new_value'),
    createdAt: time(row, 'created_at'),
  }));
}
