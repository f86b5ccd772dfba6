import type { Db, Row } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';

export interface NoteRow {
  readonly id: string;
  readonly taskId: string;
  readonly body: string;
  readonly actor: string;
  readonly session: string;
  readonly agent: string;
  readonly createdAt: string;
}

export async function insertNote(db: Db, note: Omit<NoteRow, 'createdAt'>): Promise<void> {
  await db.run(
    `INSERT INTO task_notes (id, task_id, body, actor, session_id, agent_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ${db.dialect.now})`,
    [note.id, note.taskId, note.body, note.actor, note.session, note.agent],
  );
}

const columns = 'id, task_id, body, actor, session_id, agent_id, created_at';

export async function findNote(db: Db, id: string): Promise<NoteRow | undefined> {
  const [row] = await db.query(`SELECT ${columns} FROM task_notes WHERE id = ?`, [id]);
  return row && toNote(row);
}

/** Notes of these tasks, oldest first. */
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
    id: text(row, 'id'),
    taskId: text(row, 'task_id'),
    body: text(row, 'body'),
    actor: text(row, 'actor'),
    session: text(row, 'session_id'),
    agent: text(row, 'agent_id'),
    createdAt: time(row, 'created_at'),
  };
}
