import type { Row } from '../contract.ts';
import { id, text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { insertRow, insertRows, type WriteStatement } from '../sql/write.ts';

export interface NoteRow {
  readonly id: string;
  readonly taskId: string;
  readonly body: string;
  readonly actor: string;
  readonly session: string;
  readonly agent: string;
  readonly createdAt: string;
}

/** A note to insert; `at` is as stored. */
export type NewNote = Omit<NoteRow, 'createdAt'> & { readonly at: string };

export function insertNote(note: NewNote): WriteStatement {
  return insertRow('task_notes', toRow(note));
}

export function insertNotes(notes: readonly NewNote[]): readonly WriteStatement[] {
  return notes.length === 0 ? [] : insertRows('task_notes', notes.map(toRow));
}

function toRow({ id, taskId, body, actor, session, agent, at }: NewNote): Row {
  return {
    id,
    task_id: taskId,
    body,
    actor,
    session_id: session,
    agent_id: agent,
    created_at: at,
  };
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

/** Reads a note from a row with all its columns. */
export function toNote(row: Row): NoteRow {
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
