import type { Insight, InsightTarget, RegistryNoun } from '../../model/registry/insight.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { integer, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { now } from '../sql/now.ts';
import { insertRow, runWrites, type WriteStatement } from '../sql/write.ts';

const columns = `id, client_id, project_id, infrastructure_id, body, source_task_id, source_run_id,
  archived_at, created_at, created_by, updated_at, revision`;

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
  'id' | 'about' | 'subjectId' | 'body' | 'createdBy' | 'revision'
> & {
  readonly workspaceId: string;
  readonly taskId: string | null;
  readonly runId: string | null;
};

export async function insertInsight(db: Db, insight: NewInsight): Promise<void> {
  await runWrites(db, [insertInsightStatement(db.dialect, insight)]);
}

export function insertInsightStatement(dialect: Dialect, insight: NewInsight): WriteStatement {
  return insertRow(dialect, 'insights', {
    id: insight.id,
    workspace_id: insight.workspaceId,
    [registryColumns[insight.about]]: insight.subjectId,
    body: insight.body,
    source_task_id: insight.taskId,
    source_run_id: insight.runId,
    created_at: now,
    created_by: insight.createdBy,
    updated_at: now,
    revision: insight.revision,
  });
}

/** What an insight says from now on, and whether it is out of use. */
export interface InsightChange {
  readonly body: string;
  readonly isArchived: boolean;
  readonly revision: string;
}

/** Writes another text, or takes it out of use or back. @throws StoreError `conflict` */
export async function updateInsight(
  db: Db,
  insight: Pick<Insight, 'id' | 'revision'>,
  change: InsightChange,
): Promise<void> {
  await runWrites(db, [updateInsightStatement(db.dialect, insight, change)]);
}

export function updateInsightStatement(
  dialect: Dialect,
  { id, revision }: Pick<Insight, 'id' | 'revision'>,
  change: InsightChange,
): WriteStatement {
  const archived = change.isArchived ? `COALESCE(archived_at, ${dialect.now})` : 'NULL';
  return {
    sql: `UPDATE insights SET body = ?, archived_at = ${archived}, updated_at = ${dialect.now},
       revision = ? WHERE id = ? AND revision = ?`,
    params: [change.body, change.revision, id, revision],
    mustFind: 1,
    written: `insight ${id}`,
  };
}

/** Whether the same text is known of a subject already, in use or not. */
export async function isKnownInsight(
  db: Db,
  { about, subjectId }: InsightTarget,
  body: string,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 AS known FROM insights ${db.dialect.along(indexes[about])}
     WHERE ${registryColumns[about]} = ? AND body = ? LIMIT 1`,
    [subjectId, body],
  );
  return rows.length > 0;
}

/** Those of a workspace whose id begins so; two at most, which is one too many. */
export async function findInsights(
  db: Db,
  workspaceId: string,
  prefix: string,
): Promise<readonly Insight[]> {
  const rows = await db.query(
    `SELECT ${columns} FROM insights
     WHERE id >= ? AND id < ? AND COALESCE(workspace_id, '') = ? ORDER BY id LIMIT 2`,
    [prefix, `${prefix}~`, workspaceId],
  );
  return rows.map(toInsight);
}

/** Newest first, and how many there are; of a workspace when no subject is named. */
export async function listInsights(
  db: Db,
  { workspaceId, subject, withArchived }: InsightFilter,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Promise<{ insights: readonly Insight[]; total: number }> {
  const [column, index, value] =
    subject === undefined
      ? ['workspace_id', 'insights_by_time', workspaceId]
      : [registryColumns[subject.about], indexes[subject.about], subject.subjectId];
  const from = `FROM insights ${db.dialect.along(index)}
    WHERE ${column} = ? ${withArchived ? '' : 'AND archived_at IS NULL'}`;
  const rows = await db.query(
    `SELECT ${columns} ${from}
     ORDER BY ${column} DESC, created_at DESC, id DESC LIMIT ${limit}`,
    [value],
  );
  const [count] = await db.query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one ${from} LIMIT ${countTo}) AS capped`,
    [value],
  );
  return { insights: rows.map(toInsight), total: count ? integer(count, 'total') : 0 };
}

export interface InsightFilter {
  readonly workspaceId: string;
  readonly subject: InsightTarget | undefined;
  readonly withArchived: boolean;
}

function toInsight(row: Row): Insight {
  const about = (['client', 'project', 'infrastructure'] as const).find(
    (noun) => row[registryColumns[noun]] !== null,
  );
  return {
    id: text(row, 'id'),
    about: about ?? 'client',
    subjectId: text(row, registryColumns[about ?? 'client']),
    body: text(row, 'body'),
    taskId: textOrNull(row, 'source_task_id'),
    runId: textOrNull(row, 'source_run_id'),
    archivedAt: timeOrNull(row, 'archived_at'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
  };
}
