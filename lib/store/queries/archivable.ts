import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer, storedTime, text } from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';

/** The outermost task of a tree that has ended. */
export interface EndedRoot {
  readonly id: string;
  readonly key: string;
  /** UTC text as stored. */
  readonly completedAt: string;
  readonly subtaskCount: number;
}

/** Asks for trees of a workspace that ended before a time, the first of them that comes after one. */
export function endedRoots(
  dialect: Dialect,
  workspaceId: string,
  {
    before,
    after,
    limit,
  }: {
    /** UTC text as stored. */
    readonly before: string;
    readonly after: Pick<EndedRoot, 'id' | 'completedAt'> | undefined;
    readonly limit: number;
  },
): Request<readonly EndedRoot[]> {
  const { id, completedAt } = after ?? { id: '', completedAt: '1000-01-01 00:00:00.000' };
  // COALESCE and CASE keep Dolt from other indexes and from sorting; see search.ts.
  return query(
    `SELECT id, task_key, completed_at, subtask_count
     FROM tasks ${dialect.along('tasks_by_completion')}
     WHERE workspace_id = ? AND completed_at >= ? AND completed_at < ?
       AND CASE WHEN completed_at > ? OR id > ? THEN 1 ELSE 0 END = 1
       AND COALESCE(parent_task_id, '') = ''
     ORDER BY workspace_id, completed_at, id LIMIT ${limit}`,
    [workspaceId, completedAt, before, completedAt, id],
    (rows) =>
      rows.map((row) => ({
        id: text(row, 'id'),
        key: text(row, 'task_key'),
        completedAt: storedTime(row, 'completed_at'),
        subtaskCount: integer(row, 'subtask_count'),
      })),
  );
}

/** The times from which on rows are among the newest ones; the first of all where there are fewer. */
export interface NewestSince {
  /** Of leaves that were completed, by their type. */
  readonly types: ReadonlyMap<string, string>;
  readonly runs: string;
  readonly blocks: string;
}

/** Asks since when the newest so many leaves of each type, runs and blocks are. */
export function newestSince(
  dialect: Dialect,
  workspaceId: string,
  { types, count }: { readonly types: readonly string[]; readonly count: number },
): Request<NewestSince> {
  const nth = (column: string, sql: string, params: readonly SqlValue[]) =>
    query(`${sql} LIMIT 1 OFFSET ${count - 1}`, params, ([row]) =>
      row === undefined ? '' : storedTime(row, column),
    );
  const begun = (table: 'agent_runs' | 'task_blocks') =>
    nth(
      'started_at',
      `SELECT started_at FROM ${table} ${dialect.along(`${table}_by_time`)} WHERE workspace_id = ?
       ORDER BY workspace_id DESC, started_at DESC, id DESC`,
      [workspaceId],
    );
  const ofTypes = types.map((type) =>
    nth(
      'completed_at',
      `SELECT completed_at FROM tasks ${dialect.along('tasks_by_kind')}
       WHERE workspace_id = ? AND task_type = ? AND completed_at >= '1000-01-01 00:00:00.000'
         AND COALESCE(status, '') = 'completed' AND subtask_count = 0
       ORDER BY workspace_id DESC, task_type DESC, completed_at DESC, id DESC`,
      [workspaceId, type],
    ),
  );
  return mapped(
    together(together(...ofTypes), begun('agent_runs'), begun('task_blocks')),
    ([times, runs, blocks]) => ({
      types: new Map(types.map((type, index) => [type, times[index] ?? ''])),
      runs,
      blocks,
    }),
  );
}

/** What else of a list rests on tasks, by the ids of those. */
export interface Resting {
  readonly needed: ReadonlySet<string>;
  readonly billed: ReadonlySet<string>;
  readonly learnt: ReadonlySet<string>;
  readonly moved: ReadonlySet<string>;
}

/** Asks which of these tasks are needed by an unfinished one, billed, learnt from, or were moved. */
export function restingOn(ids: readonly string[]): Request<Resting> {
  const setOf = (sql: (list: string) => string) =>
    inList(ids, sql, (rows: readonly Row[]) => rows.map((row) => text(row, 'id')));
  const asked = together(
    setOf(
      (
        list,
      ) => `SELECT d.depends_on_id AS id FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
       WHERE d.depends_on_id IN (${list}) AND d.type = 'blocks'
         AND t.status NOT IN ('completed', 'cancelled')`,
    ),
    setOf(
      (list) => `SELECT linked_task_id AS id FROM work_items WHERE linked_task_id IN (${list})`,
    ),
    setOf(
      (list) => `SELECT linked_task_id AS id FROM invoice_lines WHERE linked_task_id IN (${list})`,
    ),
    setOf((list) => `SELECT source_task_id AS id FROM insights WHERE source_task_id IN (${list})`),
    setOf(
      (list) => `SELECT r.task_id AS id FROM insights i JOIN agent_runs r ON r.id = i.source_run_id
       WHERE r.task_id IN (${list})`,
    ),
    setOf((list) => `SELECT task_id AS id FROM former_keys WHERE task_id IN (${list})`),
  );
  return mapped(asked, ([needed, items, lines, insights, runs, moved]) => ({
    needed: new Set(needed),
    billed: new Set([...items, ...lines]),
    learnt: new Set([...insights, ...runs]),
    moved: new Set(moved),
  }));
}

/** When the newest runs and blocks of tasks began, by the ids of those. */
export interface Begun {
  readonly runs: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, string>;
  /** Tasks that still have a run or a block under way, although they have ended. */
  readonly open: ReadonlySet<string>;
}

/** Asks for the newest runs and blocks of these tasks. */
export function begunFor(ids: readonly string[]): Request<Begun> {
  const latest = (table: string, open: string) =>
    inList(
      ids,
      (list) => `SELECT task_id, MAX(started_at) AS started_at, COUNT(${open}) AS open_ones
       FROM ${table} WHERE task_id IN (${list}) GROUP BY task_id`,
      (rows) => rows,
    );
  const times = (rows: readonly Row[]) =>
    new Map(rows.map((row) => [text(row, 'task_id'), storedTime(row, 'started_at')]));
  return mapped(
    together(latest('agent_runs', 'running_task_id'), latest('task_blocks', 'open_task_id')),
    ([runs, blocks]) => ({
      runs: times(runs),
      blocks: times(blocks),
      open: new Set(
        [...runs, ...blocks]
          .filter((row) => integer(row, 'open_ones') > 0)
          .map((row) => text(row, 'task_id')),
      ),
    }),
  );
}
