import type { Run, RunClock, RunRole, RunStatus, Verdict } from '../../model/run/run.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { id, integer, integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { inList, queryIn } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import type { WriteStatement } from '../sql/write.ts';
import { lookup, soFar } from './running-times.ts';
import { activeSoFar } from './sessions.ts';

/** The fields that a run begins with. */
export type NewRun = Pick<
  Run,
  | 'id'
  | 'taskId'
  | 'agent'
  | 'role'
  | 'attempt'
  | 'cycle'
  | 'session'
  | 'agentId'
  | 'actor'
  | 'clock'
> & {
  readonly workspaceId: string;
  /** UTC text as stored. */
  readonly at: string;
};

/** Begins a run. The unique key of its task refuses a second one. */
export function insertRun({ dialect }: Pick<Db, 'dialect'>, run: NewRun): WriteStatement {
  return {
    sql: `INSERT INTO agent_runs (id, workspace_id, task_id, running_task_id, agent, role, attempt, cycle,
       session_id, agent_id, actor, started_at, clock, status, session_active_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running',
       COALESCE((SELECT ${activeSoFar(dialect)} FROM sessions s WHERE s.id = ?), 0))`,
    params: [
      run.id,
      run.workspaceId,
      run.taskId,
      run.taskId,
      run.agent,
      run.role,
      run.attempt,
      run.cycle,
      run.session,
      run.agentId,
      run.actor,
      run.at,
      run.clock,
      run.session,
    ],
    mustFind: 1,
  };
}

/** The end of a run. */
export interface RunEnd {
  readonly status: Exclude<RunStatus, 'running'>;
  readonly verdict?: Verdict | undefined;
  /** JSON text. */
  readonly report?: string | undefined;
  readonly error?: string | undefined;
  readonly costMicros?: number | undefined;
  readonly activeMs: number;
  readonly clock: RunClock;
  /** Minutes that the report asks to bill. */
  readonly proposedMinutes?: number | undefined;
  /** Whether its worker is gone: the run's time then ends at its session's last heartbeat. */
  readonly isOrphan?: boolean;
  /** Whether nothing could be done in it, so that it took none of the time that is billed. */
  readonly isIdle?: boolean;
}

/** Ends a run; another writer may have ended it meanwhile. */
export function endRun(id: string, end: RunEnd, at: string): WriteStatement {
  return {
    sql: `UPDATE agent_runs SET running_task_id = NULL, finished_at = ?, status = ?,
       verdict = ?, report = ?, error = ?, cost_micros = ?, proposed_minutes = ?, clock = ?,
       active_ms = ${end.isOrphan ? untilLastSeen : '?'}
     WHERE id = ? AND status = 'running'`,
    params: [
      at,
      end.status,
      end.verdict ?? null,
      end.report ?? null,
      end.error ?? null,
      end.costMicros ?? null,
      end.proposedMinutes ?? null,
      end.clock,
      ...(end.isOrphan ? [] : [end.activeMs]),
      id,
    ],
    mustFind: 1,
  };
}

const untilLastSeen = `active_ms + COALESCE((SELECT CASE
    WHEN s.active_ms > agent_runs.session_active_ms THEN s.active_ms - agent_runs.session_active_ms
    ELSE 0 END FROM sessions s WHERE s.id = agent_runs.session_id), 0)`;

/** Writes the time that a person says of a run that has ended. */
export function retimeRun({ id, activeMs, clock }: Run): WriteStatement {
  return {
    sql: "UPDATE agent_runs SET active_ms = ?, clock = ? WHERE id = ? AND status <> 'running'",
    params: [activeMs, clock, id],
    mustFind: 1,
  };
}

/**
 * Lets a run go on that was ended by mistake; its time so far stays counted, and a clock runs on as
 * if it had not stopped.
 */
export function resumeRun(
  { dialect }: Pick<Db, 'dialect'>,
  { id, session, clock }: Pick<Run, 'id' | 'session' | 'clock'>,
): WriteStatement {
  if (clock !== null) {
    return {
      sql: `UPDATE agent_runs SET running_task_id = task_id, finished_at = NULL, status = 'running',
       verdict = NULL, error = NULL, active_ms = 0, clock = 'timer' WHERE id = ? AND status <> 'running'`,
      params: [id],
      mustFind: 1,
    };
  }
  return {
    sql: `UPDATE agent_runs SET running_task_id = task_id, finished_at = NULL, status = 'running',
       verdict = NULL, error = NULL, session_active_ms =
       COALESCE((SELECT ${activeSoFar(dialect)} FROM sessions s WHERE s.id = ?), 0)
     WHERE id = ? AND status <> 'running'`,
    params: [session, id],
    mustFind: 1,
  };
}

/** Removes a run that was begun by mistake. */
export function deleteRun(id: string): WriteStatement {
  return { sql: 'DELETE FROM agent_runs WHERE id = ?', params: [id], mustFind: 1 };
}

/** Records the verdict on the newest result of a task. */
export function judgeRun(id: string, verdict: Verdict | null): WriteStatement {
  return { sql: 'UPDATE agent_runs SET verdict = ? WHERE id = ?', params: [verdict, id] };
}

/**
 * Keeps a report of a run that others have ended.
 *
 * @returns 0 when the run has a report.
 */
export function keepLateReport(db: Db, id: string, report: string): Promise<number> {
  return db.run('UPDATE agent_runs SET report = ? WHERE id = ? AND report IS NULL', [report, id]);
}

/** Names another agent for a running run. */
export function renameRun(id: string, agent: string): WriteStatement {
  return {
    sql: "UPDATE agent_runs SET agent = ? WHERE id = ? AND status = 'running'",
    params: [agent, id],
  };
}

/** Moves a running run to another session of the same process; its time so far stays counted. */
export function moveRun(
  { dialect }: Pick<Db, 'dialect'>,
  run: Pick<Run, 'id' | 'activeMs'>,
  session: string,
): WriteStatement {
  return {
    sql: `UPDATE agent_runs SET active_ms = ?, session_id = ?, session_active_ms =
       COALESCE((SELECT ${activeSoFar(dialect)} FROM sessions s WHERE s.id = ?), 0)
     WHERE id = ? AND status = 'running'`,
    params: [run.activeMs, session, session, run.id],
  };
}

/**
 * Asks for the runs of these tasks, each task's in the order they began, with reports on request.
 */
export function runsOf(
  dialect: Dialect,
  taskIds: readonly string[],
  { withReports = true }: { readonly withReports?: boolean } = {},
): Request<readonly Run[]> {
  return inList(
    taskIds,
    (list) => `SELECT ${lookup} ${columns(dialect, { withReports })}
     FROM agent_runs r LEFT JOIN sessions s ON s.id = r.session_id
     WHERE r.task_id IN (${list}) ORDER BY r.task_id, r.started_at, r.id`,
    (rows) => rows.map(toRun),
  );
}

/** Asks for the runs of the task with this key, without their reports. */
export function runsOfKeyRequest(
  { dialect }: Pick<Db, 'dialect'>,
  key: string,
): Request<readonly Run[]> {
  return query(
    `SELECT ${lookup} ${columns(dialect, { withReports: false })}
     FROM agent_runs r LEFT JOIN sessions s ON s.id = r.session_id
     WHERE r.task_id = (SELECT t.id FROM tasks t WHERE t.task_key = ?)
     ORDER BY r.task_id, r.started_at, r.id`,
    [key],
    (rows) => rows.map(toRun),
  );
}

/** Finds the runs of these tasks that are running. */
export async function findRunning(db: Db, taskIds: readonly string[]): Promise<readonly Run[]> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT ${lookup} ${columns(db.dialect)}
     FROM agent_runs r LEFT JOIN sessions s ON s.id = r.session_id
     WHERE r.running_task_id IN (${list})`,
  );
  return rows.map(toRun);
}

function columns(dialect: Dialect, { withReports = true } = {}): string {
  return `r.id, r.task_id, r.agent, r.role, r.attempt, r.cycle, r.session_id, r.agent_id, r.actor,
    r.started_at, r.finished_at, r.status, r.verdict, ${withReports ? 'r.report' : 'NULL AS report'}, r.error, r.cost_micros,
    r.proposed_minutes, r.clock,
    ${soFar(dialect)} AS active_ms`;
}

export function toRun(row: Row): Run {
  return {
    id: id(row, 'id'),
    taskId: text(row, 'task_id'),
    agent: text(row, 'agent'),
    role: text(row, 'role') as RunRole,
    attempt: integer(row, 'attempt'),
    cycle: integer(row, 'cycle'),
    session: text(row, 'session_id'),
    agentId: text(row, 'agent_id'),
    actor: text(row, 'actor'),
    startedAt: time(row, 'started_at'),
    finishedAt: timeOrNull(row, 'finished_at'),
    status: text(row, 'status') as RunStatus,
    verdict: textOrNull(row, 'verdict') as Verdict | null,
    report: textOrNull(row, 'report'),
    error: textOrNull(row, 'error'),
    costMicros: integerOrNull(row, 'cost_micros'),
    activeMs: integer(row, 'active_ms'),
    clock: textOrNull(row, 'clock') as RunClock,
    proposedMinutes: integerOrNull(row, 'proposed_minutes'),
  };
}
