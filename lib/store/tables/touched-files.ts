import type { TouchedFile, TouchedFiles } from '../../model/touched-file.ts';
import type { Dialect, Row, Statement } from '../contract.ts';
import { flag, text, textOrNull, time } from '../sql/columns.ts';
import { chunks, inList, placeholdersFor } from '../sql/in-list.ts';
import { mapped, query, type Request } from '../sql/request.ts';

/** So many files of a task are read. */
const mostOfTask = 2_000;

/** A file that a session has edited since it was last asked. */
export interface NewTouch extends TouchedFile {
  readonly workspaceId: string;
  readonly session: string;
  readonly agent: string;
  /** Empty for no task. */
  readonly taskId: string;
  readonly touches: number;
}

/** Writes edits beside what is known of the same files; a hundred by one statement. */
export function upsertTouches(
  { now, upsert, inserted }: Dialect,
  touches: readonly NewTouch[],
): readonly Statement[] {
  const changes = [
    `touches = touches + ${inserted('touches')}`,
    `is_new = CASE WHEN is_new = 1 THEN 1 ELSE ${inserted('is_new')} END`,
    `agent_id = ${inserted('agent_id')}`,
    `touched_at = ${inserted('touched_at')}`,
  ];
  return chunks(touches).map((part) => ({
    sql: `INSERT INTO touched_files (workspace_id, path, session_id, task_id, agent_id, is_new, touches,
       first_at, touched_at)
     VALUES ${part.map(() => `(?, ?, ?, ?, ?, ?, ?, ${now}, ${now})`).join(', ')}
     ${upsert('workspace_id, path, session_id, task_id', changes.join(', '))}`,
    params: part.flatMap((each) => [
      ...[each.workspaceId, each.path, each.session, each.taskId, each.agent],
      ...[each.isNew ? 1 : 0, each.touches],
    ]),
  }));
}

/** Asks for the files of each of these tasks, in the order in which they were first edited. */
export function touchedOfTasks(ids: readonly string[]): Request<ReadonlyMap<string, TouchedFiles>> {
  return inList(ids, (list) => `${ofTask} IN (${list}) ${inOrder}`, gather);
}

/** Asks for the files of the task with this key. */
export function touchedOfKey(key: string): Request<TouchedFiles> {
  const asked = query(
    `${ofTask} = (SELECT t.id FROM tasks t WHERE t.task_key = ?) ${inOrder}`,
    [key],
    gather,
  );
  return mapped(asked, (byTask) => [...byTask.values()][0] ?? noFiles);
}

export const noFiles: TouchedFiles = { files: [], isCut: false };

const ofTask = `SELECT task_id, path, MAX(is_new) AS is_new, MIN(first_at) AS first_at
     FROM touched_files WHERE task_id`;
const inOrder = `GROUP BY task_id, path ORDER BY task_id, first_at, path LIMIT ${mostOfTask + 1}`;

function gather(rows: readonly Row[]): ReadonlyMap<string, TouchedFiles> {
  const isCut = rows.length > mostOfTask;
  const groups = Map.groupBy(rows.slice(0, mostOfTask), (row) => text(row, 'task_id'));
  return new Map(
    [...groups].map(([id, group]) => [
      id,
      {
        files: group.map((row) => ({ path: text(row, 'path'), isNew: flag(row, 'is_new') })),
        isCut,
      },
    ]),
  );
}

/** A file that a session has edited, for which task, and when last. */
export interface TouchRow {
  readonly session: string;
  readonly agent: string;
  readonly path: string;
  readonly task: { readonly key: string; readonly title: string } | null;
  readonly at: string;
}

/** Asks for the files of a workspace that sessions have edited since a time, the last ones first. */
export function touchedBySessions(
  { workspaceId, sessions }: { readonly workspaceId: string; readonly sessions: readonly string[] },
  { since, limit }: { readonly since: string; readonly limit: number },
): Request<readonly TouchRow[]> {
  if (sessions.length === 0) return { statements: [], read: () => [] };
  return query(
    `SELECT f.session_id, f.agent_id, f.path, f.touched_at, t.task_key, t.title
     FROM touched_files f LEFT JOIN tasks t ON t.id = f.task_id
     WHERE f.session_id IN (${placeholdersFor(sessions)}) AND f.touched_at > ?
       AND COALESCE(f.workspace_id, '') = ?
     ORDER BY f.touched_at DESC, f.path LIMIT ${limit}`,
    [...sessions, since, workspaceId],
    (rows) => rows.map(toTouch),
  );
}

/**
 * Asks who else has edited the files that a session has edited, both within the last milliseconds,
 * the last ones first.
 */
export function othersAtFilesOf(
  dialect: Dialect,
  { workspaceId, session }: { readonly workspaceId: string; readonly session: string },
  { within, limit }: { readonly within: number; readonly limit: number },
): Request<readonly TouchRow[]> {
  const isRecent = (file: string) =>
    `${dialect.millisecondsBetween(`${file}.touched_at`, dialect.now)} < ${within}`;
  return query(
    `SELECT o.session_id, o.agent_id, o.path, o.touched_at, t.task_key, t.title
     FROM touched_files mine
       JOIN touched_files o ON o.workspace_id = mine.workspace_id AND o.path = mine.path
       LEFT JOIN tasks t ON t.id = o.task_id
     WHERE mine.session_id = ? AND mine.workspace_id = ? AND ${isRecent('mine')}
       AND o.session_id <> mine.session_id AND ${isRecent('o')}
     ORDER BY o.touched_at DESC, o.path LIMIT ${limit}`,
    [session, workspaceId],
    (rows) => rows.map(toTouch),
  );
}

function toTouch(row: Row): TouchRow {
  const key = textOrNull(row, 'task_key');
  return {
    session: text(row, 'session_id'),
    agent: text(row, 'agent_id'),
    path: text(row, 'path'),
    task: key === null ? null : { key, title: text(row, 'title') },
    at: time(row, 'touched_at'),
  };
}

/** Asks whether edits are kept from before a time. */
export function hasTouchedBefore(before: string): Request<boolean> {
  return query(
    // Dolt reads the whole table unless the order asks for the index.
    `SELECT touched_at FROM touched_files WHERE touched_at < ?
     ORDER BY touched_at, workspace_id LIMIT 1`,
    [before],
    (rows) => rows.length > 0,
  );
}

/** Removes edits from before a time. */
export function forgetTouched(before: string): Statement {
  return { sql: 'DELETE FROM touched_files WHERE touched_at < ?', params: [before] };
}
