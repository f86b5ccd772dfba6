import { idleAfter } from '../../model/limits.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { ask, type Request } from '../sql/request.ts';

/** One Claude Code session, or a person at a terminal. */
export interface SessionRow {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly actor: string;
  readonly host: string;
  /** Boot and process-id namespace in which `processId` means something. */
  readonly processScope: string | null;
  readonly processId: number | null;
  readonly processStart: string | null;
  readonly cwd: string | null;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly endedAt: string | null;
}

export type SessionStart = Omit<SessionRow, 'startedAt' | 'lastSeenAt' | 'endedAt'>;

const columns = `id, workspace_id, actor, host, process_scope, process_id, process_start, cwd,
  started_at, last_seen_at, ended_at`;

/**
 * Registers a session or revives it: a resumed session keeps its id and its start, and one that is
 * registered again at work, as when it is compacted, its time.
 */
export async function upsertSession(db: Db, session: SessionStart): Promise<void> {
  const values = [
    session.workspaceId,
    session.actor,
    session.host,
    session.processScope,
    session.processId,
    session.processStart,
    session.cwd,
    session.id,
  ];
  const changed = await db.run(
    `UPDATE sessions SET
       active_ms = active_ms + CASE WHEN ended_at IS NULL THEN ${sinceLastSeen(db.dialect)} ELSE 0 END,
       workspace_id = ?, actor = ?, host = ?, process_scope = ?, process_id = ?,
       process_start = ?, cwd = ?, last_seen_at = ${db.dialect.now}, ended_at = NULL,
       end_reason = NULL
     WHERE id = ?`,
    values,
  );
  if (changed > 0) return;
  await db.run(
    `INSERT INTO sessions (workspace_id, actor, host, process_scope, process_id, process_start, cwd,
       id, started_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${db.dialect.now}, ${db.dialect.now})`,
    values,
  );
}

/**
 * Writes a sign of life; 0 when the session was never registered. A session that has ended is alive
 * again in another process, whose start was missed; in the process that ended it, this is only a
 * sign that was late. (MySQL assigns from left to right, so what is compared comes first.)
 */
export function touchSession(db: Db, session: SessionStart): Promise<number> {
  const { processScope, processId, processStart } = session;
  const isKnown = processScope !== null && processId !== null && processStart !== null;
  const process = isKnown ? [processScope, processId, processStart] : [null, null, null];
  return db.run(
    `UPDATE sessions SET
       active_ms = active_ms + CASE WHEN ended_at IS NULL THEN ${sinceLastSeen(db.dialect)} ELSE 0 END,
       last_seen_at = ${db.dialect.now},
       ended_at = CASE WHEN process_scope = ? AND process_id = ? AND process_start = ?
         THEN ended_at ELSE NULL END,
       process_scope = COALESCE(?, process_scope), process_id = COALESCE(?, process_id),
       process_start = COALESCE(?, process_start)
     WHERE id = ?`,
    [...process, ...process, session.id],
  );
}

export async function endSession(db: Db, id: string, reason: string): Promise<void> {
  await db.run(
    `UPDATE sessions SET
       active_ms = active_ms + CASE WHEN ended_at IS NULL THEN ${sinceLastSeen(db.dialect)} ELSE 0 END,
       ended_at = ${db.dialect.now}, end_reason = ?
     WHERE id = ?`,
    [reason, id],
  );
}

export function sessionsByIds(ids: readonly string[]): Request<readonly SessionRow[]> {
  return inList(
    ids,
    (list) => `SELECT ${columns} FROM sessions WHERE id IN (${list})`,
    (rows) => rows.map(toSession),
  );
}

export function findSessions(db: Db, ids: readonly string[]): Promise<readonly SessionRow[]> {
  return ask(db, sessionsByIds(ids));
}

/** Earlier sessions of the same Claude Code process: what /clear leaves behind. */
export async function findSessionsOfProcess(
  db: Db,
  process: { scope: string; id: number; start: string },
): Promise<readonly SessionRow[]> {
  const rows = await db.query(
    `SELECT ${columns} FROM sessions
     WHERE process_scope = ? AND process_id = ? AND process_start = ? ORDER BY started_at`,
    [process.scope, process.id, process.start],
  );
  return rows.map(toSession);
}

function toSession(row: Row): SessionRow {
  return {
    id: text(row, 'id'),
    workspaceId: textOrNull(row, 'workspace_id'),
    actor: text(row, 'actor'),
    host: text(row, 'host'),
    processScope: textOrNull(row, 'process_scope'),
    processId: integerOrNull(row, 'process_id'),
    processStart: textOrNull(row, 'process_start'),
    cwd: textOrNull(row, 'cwd'),
    startedAt: time(row, 'started_at'),
    lastSeenAt: time(row, 'last_seen_at'),
    endedAt: timeOrNull(row, 'ended_at'),
  };
}

/**
 * Expression for the milliseconds that a session (`s`) has been active until now: each sign of life
 * adds the time since the one before, so that what exceeds `idleAfter` is cut as idle.
 */
export function activeSoFar(dialect: Dialect): string {
  return `(s.active_ms + CASE WHEN s.ended_at IS NULL THEN ${sinceLastSeen(dialect, 's.')} ELSE 0 END)`;
}

/** Expression for the active part of the time since a session's last sign of life. */
export function sinceLastSeen(dialect: Dialect, prefix = ''): string {
  const gap = dialect.millisecondsBetween(`${prefix}last_seen_at`, dialect.now);
  const { session, terminal } = idleAfter;
  const longest = `CASE WHEN ${prefix}id LIKE '${terminalPrefix}%' THEN ${terminal} ELSE ${session} END`;
  return `(CASE WHEN ${gap} < 0 THEN 0 WHEN ${gap} < ${longest} THEN ${gap} ELSE ${longest} END)`;
}
