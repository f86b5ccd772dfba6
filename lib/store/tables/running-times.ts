import { idleAfter } from '../../model/limits.ts';
import type { Run } from '../../model/run/run.ts';
import type { Db, Dialect } from '../contract.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';
import { activeSoFar } from './sessions.ts';

/**
 * A hint to Dolt, which otherwise reads every session there is; to other engines it is a comment.
 */
export const lookup = '/*+ LOOKUP_JOIN(r,s) */';

/** The time of a running run so far, and the part of it that is not written yet. */
export type RunningTime = Pick<Run, 'id' | 'activeMs'> & {
  readonly sinceMs: number;
  /** Whether it is that of a clock, which is written when it stops. */
  readonly isTimer: boolean;
};

/** Asks for the times of the runs that a session has under way in a workspace. */
export function runningOfRequest(
  { dialect }: Pick<Db, 'dialect'>,
  { workspaceId, session }: { readonly workspaceId: string; readonly session: string },
): Request<readonly RunningTime[]> {
  return query(
    `SELECT ${lookup} r.id, r.active_ms AS written_ms, r.clock, ${soFar(dialect)} AS active_ms
     FROM agent_runs r ${dialect.along('agent_runs_by_session')}
       LEFT JOIN sessions s ON s.id = r.session_id
     WHERE r.session_id = ? AND r.running_task_id IS NOT NULL AND r.workspace_id = ?`,
    [session, workspaceId],
    (rows) =>
      rows.map((row) => {
        const activeMs = integer(row, 'active_ms');
        const isTimer = textOrNull(row, 'clock') === 'timer';
        const sinceMs = isTimer ? 0 : activeMs - integer(row, 'written_ms');
        return { id: text(row, 'id'), activeMs, sinceMs, isTimer };
      }),
  );
}

/** A clock that runs at a task. */
export type RunningTimer = Pick<Run, 'taskId' | 'session'> & {
  readonly key: string;
  readonly workspaceId: string;
};

/**
 * Asks for the clocks that run for a person in any workspace: those of `terminal:alice@one`, and of
 * commands of hers, `terminal:alice@one#k3f9x2`. A few sessions of others may come along.
 */
export function timersRequest(
  { dialect }: Pick<Db, 'dialect'>,
  owner: string,
): Request<readonly RunningTimer[]> {
  return query(
    `SELECT task_id, session_id, workspace_id,
       (SELECT t.task_key FROM tasks t WHERE t.id = r.task_id) AS task_key
     FROM agent_runs r ${dialect.along('agent_runs_by_session')}
     WHERE session_id >= ? AND session_id < ? AND running_task_id IS NOT NULL
       AND clock = 'timer'`,
    // The dollar sign comes after the number sign.
    [owner, `${owner}$`],
    (rows) =>
      rows.map((row) => ({
        taskId: text(row, 'task_id'),
        key: text(row, 'task_key'),
        session: text(row, 'session_id'),
        workspaceId: text(row, 'workspace_id'),
      })),
  );
}

/**
 * Expression for the active time of a run (`r`) of a session (`s`); of a running one, until now. A
 * clock that was forgotten counts as its session does.
 */
export function soFar(dialect: Dialect): string {
  const since = `${activeSoFar(dialect)} - r.session_active_ms`;
  const onClock = dialect.millisecondsBetween('r.started_at', dialect.now);
  return `CASE WHEN r.status = 'running' AND r.clock = 'timer'
        AND ${onClock} BETWEEN 0 AND ${idleAfter.clock} THEN ${onClock}
      WHEN r.status <> 'running' OR s.id IS NULL OR ${since} < 0 THEN r.active_ms
      ELSE r.active_ms + ${since} END`;
}
