import type { Db, Dialect, Row } from '../contract.ts';
import { text, time } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { now } from '../sql/now.ts';
import { insertRow, runWrites, type WriteStatement } from '../sql/write.ts';

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
  await runWrites(db, [insertNoteStatement(db.dialect, note)]);
}

export function insertNoteStatement(
  dialect: Dialect,
  { id, taskId, body, actor, session, agent }: Omit<NoteRow, 'createdAt'>,
): WriteStatement {
  return insertRow(dialect, 'task_notes', {
    id,
    task_id: taskId,
    body,
    actor,
    session_id: session,
    agent_id: agent,
    created_at: now,
  });
}

const columns = 'id, task_id, body, actor, session_id, agent_id, created_at';

export async function findNote(db: Db, id: string): Promise<NoteRow | undefined> {
  const [row] = await db.query(`SELECT ${columns} FROM task_notes WHERE id = ?`, [id]);
  return row && toNote(row);
}

/** Notes of these tasks, oldest first. */
export async function findNotes(db: Db, taskIds: readonly string[]): Promise<readonly NoteRow[]> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT ${columns} FROM task_notes
     WHERE task_id IN (${list}) ORDER BY task_id, created_at, id`,
  );
  return rows.map(toNote);
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
