import type { Row } from '../contract.ts';
import { id, text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { insertRow, type WriteStatement } from '../sql/write.ts';

export interface NoteRow {
  readonly id: string;
  readonly taskId: string;
  readonly body: string;
  readonly actor: string;
  readonly session: string;
  readonly agent: string;
  readonly createdAt: string;
}

export function insertNote(
  note: Omit<NoteRow, 'createdAt'> & { readonly at: string },
): WriteStatement {
  return insertRow('task_notes', {
    id: note.id,
    task_id: note.taskId,
    body: note.body,
    actor: note.actor,
    session_id: note.session,
    agent_id: note.agent,
    created_at: note.at,
  });
}

const columns = 'id, task_id, body, actor, session_id, agent_id, created_at';

/** Asks for the notes of these tasks, oldest first. */
export function notesOf(taskIds: readonly string[]): Request<readonly NoteRow[]> {
  return inList(
    taskIds,
    (list) => `SELECT ${columns} FROM task_notes
     WHERE task_id IN (${list}) ORDER BY task_id, created_at, id`,
    (rows) => rows.map(toNote),
  );
}

function toNote(row: Row): NoteRow {
  return {
    id: id(row, 'id'),
    taskId: text(row, 'task_id'),
    body: text(row, 'body'),
    actor: text(row, 'actor'),
    session: text(row, 'session_id'),
    agent: text(row, 'agent_id'),
    createdAt: time(row, 'created_at'),
  };
}
