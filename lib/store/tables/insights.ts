import type { Insight, InsightTarget, RegistryNoun } from '../../model/registry/insight.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { id, integer, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { inList, placeholdersFor } from '../sql/in-list.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';
import { insertRow, type WriteStatement } from '../sql/write.ts';

const columns = `i.id, i.client_id, i.project_id, i.infrastructure_id, i.body, i.source_task_id,
  i.source_run_id, i.archived_at, i.created_at, i.created_by, i.updated_at, i.revision`;

const registryColumns: Readonly<Record<RegistryNoun, string>> = {
  client: 'client_id',
  project: 'project_id',
  infrastructure: 'infrastructure_id',
};

const indexes: Readonly<Record<RegistryNoun, string>> = {
  client: 'insights_by_client',
  project: 'insights_by_project',
  infrastructure: 'insights_by_infrastructure',
};

/** An insight to record. */
export type NewInsight = Pick<
  Insight,
  'id' | 'about' | 'targetId' | 'body' | 'createdBy' | 'revision'
> & {
  readonly workspaceId: string;
  readonly taskId: string | null;
  readonly runId: string | null;
  /** UTC text as stored. */
  readonly at: string;
};

export function insertInsight(insight: NewInsight): WriteStatement {
  return insertRow('insights', {
    id: insight.id,
    workspace_id: insight.workspaceId,
    [registryColumns[insight.about]]: insight.targetId,
    body: insight.body,
    source_task_id: insight.taskId,
    source_run_id: insight.runId,
    created_at: insight.at,
    created_by: insight.createdBy,
    updated_at: insight.at,
    revision: insight.revision,
  });
}

/** A change of an insight: its text, or whether it is in use. */
export interface InsightChange {
  readonly body: string;
  readonly isArchived: boolean;
  readonly revision: string;
  /** UTC text as stored. */
  readonly at: string;
}

/** Writes another text, or takes an insight out of use or back in. */
export function updateInsight(
  { id, revision }: Pick<Insight, 'id' | 'revision'>,
  { body, isArchived, revision: next, at }: InsightChange,
): WriteStatement {
  return {
    sql: `UPDATE insights SET body = ?, updated_at = ?, revision = ?,
       archived_at = ${isArchived ? 'COALESCE(archived_at, ?)' : 'NULL'}
     WHERE id = ? AND revision = ?`,
    params: [body, at, next, ...(isArchived ? [at] : []), id, revision],
    mustFind: 1,
    written: `insight ${id}`,
  };
}

/** The insights that come from a task, which are younger than it. */
interface InsightsOfTask {
  readonly workspaceId: string;
  readonly taskId: string;
  /** UTC text as stored, as the other times. */
  readonly since: string;
}

/** Takes the insights of these texts that come from a task out of use. */
export function endInsights(
  { workspaceId, since, taskId }: InsightsOfTask,
  { bodies, revision, at }: Pick<InsightChange, 'revision' | 'at'> & { bodies: readonly string[] },
): WriteStatement {
  return {
    sql: `UPDATE insights SET archived_at = ?, updated_at = ?, revision = ?
     WHERE workspace_id = ? AND created_at >= ? AND source_task_id = ? AND archived_at IS NULL
       AND body IN (${placeholdersFor(bodies)})`,
    params: [at, at, revision, workspaceId, since, taskId, ...bodies],
  };
}

/** Brings the insights that come from a task back into use which were taken out of it then. */
export function resumeInsights(
  { workspaceId, since, taskId }: InsightsOfTask,
  { endedAt, revision, at }: Pick<InsightChange, 'revision' | 'at'> & { readonly endedAt: string },
): WriteStatement {
  return {
    sql: `UPDATE insights SET archived_at = NULL, updated_at = ?, revision = ?
     WHERE workspace_id = ? AND created_at >= ? AND source_task_id = ? AND archived_at = ?`,
    params: [at, revision, workspaceId, since, taskId, endedAt],
  };
}

/** Whether a target has an insight of the same text, in use or not. */
export async function isKnownInsight(
  db: Db,
  { about, targetId }: InsightTarget,
  body: string,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS known FROM insights ${db.dialect.along(indexes[about])}
     WHERE ${registryColumns[about]} = ? AND body = ? LIMIT 1`,
    [targetId, body],
  );
  return rows.length > 0;
}

/** Asks for the insights of a workspace whose id begins so; two at most, which is one too many. */
export function insightsByPrefix(
  workspaceId: string,
  prefix: string,
): Request<readonly NamedInsight[]> {
  return query(
    `SELECT ${columns}, ${names} FROM insights i
     WHERE i.id >= ? AND i.id < ? AND COALESCE(i.workspace_id, '') = ? ORDER BY i.id LIMIT 2`,
    [prefix, `${prefix}~`, workspaceId],
    (rows) => rows.map(toInsight),
  );
}

/** An insight with the name of its target, and the key of the task it comes from. */
export interface NamedInsight extends Insight {
  readonly targetSlug: string;
  readonly taskKey: string | null;
}

/** Names are columns of their own: Dolt reads and sorts whole tables to join a part of one. */
const names = `COALESCE((SELECT c.slug FROM clients c WHERE c.id = i.client_id),
    (SELECT p.slug FROM projects p WHERE p.id = i.project_id),
    (SELECT f.slug FROM infrastructure f WHERE f.id = i.infrastructure_id), '') AS subject_slug,
  (SELECT t.task_key FROM tasks t WHERE t.id = i.source_task_id) AS task_key`;

/** Asks for insights, newest first, and their number; those of the workspace without a target. */
export function insightList(
  dialect: Dialect,
  { workspaceId, target, withArchived }: InsightFilter,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Request<{ readonly insights: readonly NamedInsight[]; readonly total: number }> {
  const [column, index, value] =
    target === undefined
      ? ['workspace_id', 'insights_by_time', workspaceId]
      : [registryColumns[target.about], indexes[target.about], target.targetId];
  const from = `FROM insights i ${dialect.along(index)}
    WHERE i.${column} = ? ${withArchived ? '' : 'AND i.archived_at IS NULL'}`;
  const list = together(
    query(
      `SELECT ${columns}, ${names} ${from}
       ORDER BY i.${column} DESC, i.created_at DESC, i.id DESC LIMIT ${limit}`,
      [value],
      (rows) => rows.map(toInsight),
    ),
    query(
      `SELECT COUNT(*) AS total FROM (SELECT 1 AS one ${from} LIMIT ${countTo}) AS capped`,
      [value],
      ([count]) => (count ? integer(count, 'total') : 0),
    ),
  );
  return mapped(list, ([insights, total]) => ({ insights, total }));
}

/** Asks for the newest insights in use about one target. */
export function newestInsights(
  dialect: Dialect,
  { about, targetId }: InsightTarget,
  limit: number,
): Request<readonly NamedInsight[]> {
  const column = `i.${registryColumns[about]}`;
  return query(
    `SELECT ${columns}, ${names} FROM insights i ${dialect.along(indexes[about])}
     WHERE ${column} = ? AND i.archived_at IS NULL
     ORDER BY ${column} DESC, i.created_at DESC, i.id DESC LIMIT ${limit}`,
    [targetId],
    (rows) => rows.map(toInsight),
  );
}

/** A task that is done on infrastructure, with an insight about that; null where there is none. */
export interface PlacedInsight {
  readonly taskKey: string;
  readonly insight: NamedInsight | null;
}

/**
 * Asks for the infrastructure of the tasks of these keys with the insights in use about it: the
 * longest key first, the newest insight first.
 */
export function insightsOnInfrastructure(
  keys: readonly string[],
  limit: number,
): Request<readonly PlacedInsight[]> {
  return inList(
    keys,
    (
      list,
    ) => `SELECT /*+ LOOKUP_JOIN(n,t) LOOKUP_JOIN(t,i) */ n.task_key AS at_key, ${columns}, ${names}
     FROM tasks n JOIN task_infrastructure t ON t.task_id = n.id
       LEFT JOIN insights i ON i.infrastructure_id = t.infrastructure_id AND i.archived_at IS NULL
     WHERE n.task_key IN (${list})
     ORDER BY LENGTH(n.task_key) DESC, i.created_at DESC, i.id DESC LIMIT ${limit}`,
    (rows) =>
      rows.map((row) => ({
        taskKey: text(row, 'at_key'),
        insight: row.id === null ? null : toInsight(row),
      })),
  );
}

export interface InsightFilter {
  readonly workspaceId: string;
  readonly target: InsightTarget | undefined;
  readonly withArchived: boolean;
}

function toInsight(row: Row): NamedInsight {
  const about = (['client', 'project', 'infrastructure'] as const).find(
    (noun) => row[registryColumns[noun]] !== null,
  );
  return {
    id: id(row, 'id'),
    about: about ?? 'client',
    targetId: text(row, registryColumns[about ?? 'client']),
    body: text(row, 'body'),
    taskId: textOrNull(row, 'source_task_id'),
    runId: textOrNull(row, 'source_run_id'),
    archivedAt: timeOrNull(row, 'archived_at'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
    targetSlug: text(row, 'subject_slug'),
    taskKey: textOrNull(row, 'task_key'),
  };
}
