import { idleAfter, staleAfter } from '../../model/limits.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request, together } from '../sql/request.ts';

/** A session as it begins: one of Claude Code, a person at a terminal, or a program. */
export interface SessionStart {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly actor: string;
  readonly host: string;
  /** The boot and process-id namespace in which `processId` means something. */
  readonly processScope: string | null;
  readonly processId: number | null;
  readonly processStart: string | null;
  readonly cwd: string | null;
  /** The branch or worktree that it works in, unless it is the usual one. */
  readonly branch?: string | null | undefined;
}

/** A session on record. */
export interface SessionRow extends SessionStart {
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly endedAt: string | null;
  readonly branch: string | null;
}

const columns = `id, workspace_id, actor, host, process_scope, process_id, process_start, cwd,
  started_at, last_seen_at, ended_at, branch`;

/**
 * Registers a session or revives it. A resumed session keeps its id and its start; one that is
 * registered again at work, as when it is compacted, keeps its time.
 */
export async function upsertSession(db: Db, session: SessionStart): Promise<void> {
  const { dialect } = db;
  const taken = [
    'workspace_id',
    'actor',
    'host',
    'process_scope',
    'process_id',
    'process_start',
    'cwd',
    'branch',
  ];
  await writeSession(db, session, [
    ...taken.map((column) => `${column} = ${dialect.inserted(column)}`),
    'ended_at = NULL',
    'end_reason = NULL',
  ]);
}

/**
 * Writes a heartbeat, and the session itself when it was never registered. A session that has ended
 * is alive again when another process sends the heartbeat, as its start was missed; from the
 * process that ended it, the heartbeat is only late.
 */
export async function upsertHeartbeat(db: Db, session: SessionStart): Promise<void> {
  const { inserted } = db.dialect;
  const process = ['process_scope', 'process_id', 'process_start'];
  const isSameProcess = process.map((column) => `${column} = ${inserted(column)}`).join(' AND ');
  // A process that is not known whole counts as unknown.
  const { processScope, processId, processStart } = session;
  const isKnown = processScope !== null && processId !== null && processStart !== null;
  await writeSession(
    db,
    isKnown ? session : { ...session, processScope: null, processId: null, processStart: null },
    [
      `ended_at = CASE WHEN ${isSameProcess} THEN ended_at ELSE NULL END`,
      ...process.map((column) => `${column} = COALESCE(${inserted(column)}, ${column})`),
      // It may have been switched since.
      `branch = ${inserted('branch')}`,
    ],
  );
}

/** Writes a session in one statement; an existing row counts its time and takes the assignments. */
async function writeSession(
  db: Db,
  session: SessionStart,
  changes: readonly string[],
): Promise<void> {
  const { now, upsert } = db.dialect;
  const assignments = [
    `active_ms = active_ms + CASE WHEN ended_at IS NULL THEN ${sinceLastSeen(db.dialect)} ELSE 0 END`,
    `last_seen_at = ${now}`,
    ...changes,
  ];
  await db.run(
    `INSERT INTO sessions (id, workspace_id, actor, host, process_scope, process_id, process_start,
       cwd, branch, started_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${now}, ${now})
     ${upsert('id', assignments.join(', '))}`,
    [
      session.id,
      session.workspaceId,
      session.actor,
      session.host,
      session.processScope,
      session.processId,
      session.processStart,
      session.cwd,
      session.branch ?? null,
    ],
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

/**
 * Asks for the sessions of a workspace that have not ended and may live: those that were seen lately
 * enough for any session, and, however long ago they were seen, those whose processes this machine
 * can ask. Those seen last come first.
 */
export function openSessions(
  { ago }: Dialect,
  workspaceId: string,
  processScope: string | null,
): Request<readonly SessionRow[]> {
  const lately = query(
    `SELECT ${columns} FROM sessions
     WHERE workspace_id = ? AND last_seen_at > ${ago(staleAfter.terminal / 1000)}
       AND ended_at IS NULL
     ORDER BY workspace_id DESC, last_seen_at DESC`,
    [workspaceId],
    (rows) => rows.map(toSession),
  );
  const ofMachine = query(
    `SELECT ${columns} FROM sessions
     WHERE process_scope = ? AND COALESCE(workspace_id, '') = ? AND ended_at IS NULL`,
    [processScope ?? '', workspaceId],
    (rows) => rows.map(toSession),
  );
  const { statements, read } = together(lately, ofMachine);
  return {
    statements,
    read: (results) => {
      const [seen, own] = read(results);
      const known = new Set(seen.map(({ id }) => id));
      const silent = own.filter(({ id }) => !known.has(id));
      return [...seen, ...silent.sort((a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1))];
    },
  };
}

/** Finds earlier sessions of the same Claude Code process, which /clear leaves behind. */
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
    branch: textOrNull(row, 'branch'),
  };
}

/**
 * Expression for the milliseconds that a session (`s`) has been active until now. Each heartbeat
 * adds the time since the one before, so that anything over `idleAfter` is cut as idle.
 */
export function activeSoFar(dialect: Dialect): string {
  return `(s.active_ms + CASE WHEN s.ended_at IS NULL THEN ${sinceLastSeen(dialect, 's.')} ELSE 0 END)`;
}

/** Expression for the active part of the time since a session's last heartbeat. */
export function sinceLastSeen(dialect: Dialect, prefix = ''): string {
  const gap = dialect.millisecondsBetween(`${prefix}last_seen_at`, dialect.now);
  const { session, terminal } = idleAfter;
  const longest = `CASE WHEN ${prefix}id LIKE '${terminalPrefix}%' THEN ${terminal} ELSE ${session} END`;
  return `(CASE WHEN ${gap} < 0 THEN 0 WHEN ${gap} < ${longest} THEN ${gap} ELSE ${longest} END)`;
}
