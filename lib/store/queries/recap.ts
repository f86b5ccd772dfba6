import type { PastEvent } from '../../model/figures/recap.ts';
import type { Priority, Status, Task } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { integer, text, textOrNull, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { taskColumns, toTask } from '../tables/task-row.ts';

/**
 * Asks for the newest events of a workspace without their values, newest first; of an undo, with the
 * verb that it took back.
 */
export function pastEvents(workspaceId: string, limit: number): Request<readonly PastEvent[]> {
  return query(
    `SELECT verb, task_id, session_id, actor, created_at,
       CASE WHEN verb = 'undone' THEN new_value END AS undone_change
     FROM task_events WHERE workspace_id = ?
     ORDER BY workspace_id DESC, seq DESC LIMIT ${limit}`,
    [workspaceId],
    (rows) =>
      rows.map((row) => ({
        verb: text(row, 'verb'),
        taskId: textOrNull(row, 'task_id'),
        session: text(row, 'session_id'),
        actor: text(row, 'actor'),
        createdAt: time(row, 'created_at'),
        undid: verbTakenBack(textOrNull(row, 'undone_change')),
      })),
  );
}

/** Reads which verb an undo took back, from values that anybody with the database may have written. */
function verbTakenBack(values: string | null): string {
  try {
    return String(JSON.parse(values ?? '{}')?.verb ?? '');
  } catch {
    return '';
  }
}

/** Expression for something of the newest note (`n`) of a task (`t`). */
function ofLastNote(expression: string): string {
  return `(SELECT ${expression} FROM task_notes n WHERE n.task_id = t.id
  ORDER BY n.task_id DESC, n.created_at DESC, n.id DESC LIMIT 1)`;
}

const lastNote = `${ofLastNote('SUBSTR(n.body, 1, 200)')} AS last_note`;

/** A task that a session holds, with the beginning of its newest note. */
export interface HeldRow {
  readonly task: Task;
  readonly lastNote: string | null;
}

/** Asks for the tasks that these sessions hold, in any workspace, blocked ones included. */
export function heldTasks(sessionIds: readonly string[]): Request<readonly HeldRow[]> {
  return inList(
    sessionIds,
    (list) => `SELECT ${taskColumns}, ${lastNote} FROM tasks t WHERE claim_session_id IN (${list})`,
    (rows) => rows.map((row) => ({ task: toTask(row), lastNote: textOrNull(row, 'last_note') })),
  );
}

/** The beginning of a task's newest note, and when it was made. */
export interface LastNote {
  readonly text: string;
  readonly at: string;
}

/** Asks for the newest note of each of these tasks that has one. */
export function lastNotes(taskIds: readonly string[]): Request<ReadonlyMap<string, LastNote>> {
  return inList(
    taskIds,
    (list) =>
      `SELECT t.id, ${lastNote}, ${ofLastNote('n.created_at')} AS noted_at
       FROM tasks t WHERE t.id IN (${list})`,
    (rows) =>
      new Map(
        rows
          .filter((row) => row.last_note !== null)
          .map((row) => [
            text(row, 'id'),
            { text: text(row, 'last_note'), at: time(row, 'noted_at') },
          ]),
      ),
  );
}

/** A task as a recap names what a session created or completed. */
export type NamedTask = Pick<
  Task,
  'id' | 'key' | 'parentId' | 'status' | 'title' | 'priority' | 'clientId' | 'projectId'
>;

/** Asks for these tasks in the order of the given ids: they are read in parts. */
export function namedTasks(ids: readonly string[]): Request<readonly NamedTask[]> {
  return inList(
    ids,
    (list) => `SELECT id, task_key, parent_task_id, status, title, priority, client_id, project_id
     FROM tasks
     WHERE id IN (${list})`,
    (rows) => {
      const byId = new Map(rows.map((row) => [text(row, 'id'), toNamedTask(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  );
}

function toNamedTask(row: Row): NamedTask {
  return {
    id: text(row, 'id'),
    key: text(row, 'task_key'),
    parentId: textOrNull(row, 'parent_task_id'),
    status: text(row, 'status') as Status,
    title: text(row, 'title'),
    priority: integer(row, 'priority') as Priority,
    clientId: textOrNull(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
  };
}
