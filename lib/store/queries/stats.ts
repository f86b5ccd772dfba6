import type { BlockSample, RunSample, Sample, TaskSample } from '../../model/figures/samples.ts';
import type { RunRole, Verdict } from '../../model/run/run.ts';
import type { FilterIds } from '../../model/task/filter.ts';
import type { Complexity, TaskType } from '../../model/task/task.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer, integerOrNull, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

/** The rows to measure: of one workspace, since a moment, of one type where it is given. */
export interface Measured {
  readonly workspaceId: string;
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly type: TaskType | undefined;
  /** Of which client and project; those of any by default. */
  readonly of?: FilterIds;
  /** The largest number of rows, the newest. */
  readonly limit: number;
}

/** Asks for leaves that were completed, whatever client and project they are of. */
export function sampleTasks(dialect: Dialect, measured: Measured): Request<Sample<TaskSample>> {
  const columns = `id, task_type, estimated_complexity, estimated_minutes, assigned_agent,
    client_id, project_id, started_at, completed_at`;
  const { sql, params } = completed(dialect, measured, columns, measured.limit + 1);
  return query(sql, params, (rows) => cut(measured, rows.map(toTaskSample)));
}

/** Asks for the slugs of a workspace's clients and projects, by id. */
export function entrySlugs(workspaceId: string): Request<ReadonlyMap<string, string>> {
  return query(
    `SELECT id, slug FROM clients WHERE workspace_id = ?
     UNION ALL SELECT id, slug FROM projects WHERE workspace_id = ?`,
    [workspaceId, workspaceId],
    (rows) => new Map(rows.map((row) => [text(row, 'id'), text(row, 'slug')])),
  );
}

/** Asks for all runs of those tasks. */
export function sampleRunsOfTasks(
  dialect: Dialect,
  measured: Measured,
): Request<readonly RunSample[]> {
  const { sql, params } = completed(dialect, measured, 'id', measured.limit);
  return query(
    `SELECT /*+ LOOKUP_JOIN(c,r) */ r.task_id, r.agent, r.role, r.cycle, r.verdict, r.active_ms
     FROM (${sql}) AS c JOIN agent_runs r ON r.task_id = c.id`,
    params,
    (rows) => rows.map(toRunSample),
  );
}

/** Asks for runs that began then, whatever became of their tasks. */
export function sampleRuns(dialect: Dialect, measured: Measured): Request<Sample<RunSample>> {
  const columns = 'task_id, agent, role, cycle, verdict, active_ms';
  const { sql, params } = begun(dialect, 'agent_runs', measured, columns);
  return query(sql, params, (rows) => ofTasks(measured, cut(measured, rows), toRunSample));
}

/** Asks for the times that tasks were blocked, of blocks that began then. */
export function sampleBlocks(dialect: Dialect, measured: Measured): Request<Sample<BlockSample>> {
  const columns = 'task_id, reason, started_at, ended_at';
  const { sql, params } = begun(dialect, 'task_blocks', measured, columns);
  return query(sql, params, (rows) => ofTasks(measured, cut(measured, rows), toBlockSample));
}

/**
 * Asks how many leaves were completed from one moment to the next, archived ones too, each counted
 * up to `countTo`.
 */
export function countCompleted(
  dialect: Dialect,
  { workspaceId, type }: Pick<Measured, 'workspaceId' | 'type'>,
  { spans, countTo }: { spans: readonly { from: string; to: string }[]; countTo: number },
): Request<readonly number[]> {
  const listed = done(dialect, workspaceId, type);
  const ofType = type === undefined ? '' : ' AND task_type = ?';
  const archived = {
    from: `archived_tasks ${dialect.along('archived_tasks_by_completion')}`,
    where: `workspace_id = ?${ofType} AND COALESCE(status, '') = 'completed' AND subtask_count = 0`,
    params: listed.params,
  };
  const parts = spans.flatMap((span, index) =>
    [listed, archived].map(({ from, where, params }, place) => ({
      sql: `SELECT ${index} AS span, COUNT(*) AS total FROM (SELECT 1 AS one FROM ${from}
       WHERE ${where} AND completed_at >= ? AND completed_at < ?
       LIMIT ${countTo}) AS counted_${index}_${place}`,
      params: [...params, stored(span.from), stored(span.to)],
    })),
  );
  return query(
    parts.map(({ sql }) => sql).join(' UNION ALL '),
    parts.flatMap(({ params }) => params),
    (rows) => {
      const totals = spans.map(() => 0);
      for (const row of rows) {
        const span = integer(row, 'span');
        totals[span] = (totals[span] ?? 0) + integer(row, 'total');
      }
      return totals.map((total) => Math.min(total, countTo));
    },
  );
}

/** Selects leaves that were completed, the latest first. */
export function completed(
  dialect: Dialect,
  measured: Pick<Measured, 'workspaceId' | 'type' | 'from'>,
  columns: string,
  limit: number,
): { sql: string; params: readonly SqlValue[] } {
  const { from, where, params, order } = done(dialect, measured.workspaceId, measured.type);
  return {
    sql: `SELECT ${columns} FROM ${from} WHERE ${where} AND completed_at >= ?
      ORDER BY ${order}, completed_at DESC, id DESC LIMIT ${limit}`,
    params: [...params, stored(measured.from)],
  };
}

/**
 * Selects completed leaves of a workspace, or of a type in it. The indexes have the columns that
 * decide what counts, so that no other row is read. COALESCE keeps Dolt from taking another index
 * because of them and sorting what it finds there.
 */
function done(dialect: Dialect, workspaceId: string, type: TaskType | undefined) {
  const counts = "COALESCE(status, '') = 'completed' AND subtask_count = 0";
  return type === undefined
    ? {
        from: `tasks ${dialect.along('tasks_by_completion')}`,
        where: `workspace_id = ? AND ${counts}`,
        order: 'workspace_id DESC',
        params: [workspaceId],
      }
    : {
        from: `tasks ${dialect.along('tasks_by_kind')}`,
        where: `workspace_id = ? AND task_type = ? AND ${counts}`,
        order: 'workspace_id DESC, task_type DESC',
        params: [workspaceId, type],
      };
}

function begun(
  dialect: Dialect,
  table: 'agent_runs' | 'task_blocks',
  measured: Measured,
  columns: string,
): { sql: string; params: readonly SqlValue[] } {
  const { workspaceId, from, limit } = measured;
  const sql = `SELECT ${columns} FROM ${table} ${dialect.along(`${table}_by_time`)}
    WHERE workspace_id = ? AND started_at >= ?
    ORDER BY workspace_id DESC, started_at DESC, id DESC LIMIT ${limit + 1}`;
  const params = [workspaceId, stored(from)];
  if (!isNarrow(measured)) return { sql, params };
  return {
    sql: `SELECT /*+ LOOKUP_JOIN(c,t) */ c.*, t.task_type, t.client_id, t.project_id FROM (${sql}) AS c
      JOIN tasks t ON t.id = c.task_id`,
    params,
  };
}

function cut<T>({ limit }: Measured, rows: readonly T[]): Sample<T> {
  return { rows: rows.slice(0, limit), isCut: rows.length > limit };
}

/** Leaves out what is of other tasks after the cut, so that it is known whether there was one. */
function ofTasks<T>(measured: Measured, { rows, isCut }: Sample<Row>, map: (row: Row) => T) {
  const { type } = measured;
  const wanted = rows.filter(
    (row) => (type === undefined || text(row, 'task_type') === type) && isOf(measured, row),
  );
  return { rows: wanted.map(map), isCut };
}

/** Whether a row counts only for some tasks, so that they have to be looked up. */
function isNarrow({ type, of }: Measured): boolean {
  return [type, of?.clientId, of?.projectId].some((each) => each !== undefined);
}

/** Whether a row is of the client and the project that are measured. */
function isOf({ of }: Measured, row: Row): boolean {
  const { clientId, projectId } = of ?? {};
  return (
    (clientId === undefined || textOrNull(row, 'client_id') === clientId) &&
    (projectId === undefined || textOrNull(row, 'project_id') === projectId)
  );
}

/** Turns an ISO time into the form that the engines keep. */
function stored(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}

function toTaskSample(row: Row): TaskSample {
  return {
    id: text(row, 'id'),
    type: text(row, 'task_type') as TaskType,
    complexity: textOrNull(row, 'estimated_complexity') as Complexity | null,
    estimatedMinutes: integerOrNull(row, 'estimated_minutes'),
    assignedAgent: textOrNull(row, 'assigned_agent'),
    clientId: textOrNull(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    startedAt: timeOrNull(row, 'started_at'),
    completedAt: time(row, 'completed_at'),
  };
}

function toRunSample(row: Row): RunSample {
  return {
    taskId: text(row, 'task_id'),
    agent: text(row, 'agent'),
    role: text(row, 'role') as RunRole,
    cycle: integer(row, 'cycle'),
    verdict: textOrNull(row, 'verdict') as Verdict | null,
    activeMs: integer(row, 'active_ms'),
  };
}

function toBlockSample(row: Row): BlockSample {
  return {
    taskId: text(row, 'task_id'),
    reason: text(row, 'reason'),
    startedAt: time(row, 'started_at'),
    endedAt: timeOrNull(row, 'ended_at'),
  };
}
