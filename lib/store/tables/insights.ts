import type { Insight, InsightTarget, RegistryNoun } from '../../model/registry/insight.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { integer, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { mapped, query, type Request, together } from '../sql/request.ts';

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

export async function insertInsight(
  db: Db,
  insight: Pick<Insight, 'id' | 'about' | 'subjectId' | 'body' | 'createdBy' | 'revision'> & {
    readonly workspaceId: string;
    readonly taskId: string | null;
    readonly runId: string | null;
  },
): Promise<void> {
  await db.run(
    `INSERT INTO insights (id, workspace_id, ${registryColumns[insight.about]}, body,
       source_task_id, source_run_id, created_at, created_by, updated_at, revision)
     VALUES (?, ?, ?, ?, ?, ?, ${db.dialect.now}, ?, ${db.dialect.now}, ?)`,
    [
      insight.id,
      insight.workspaceId,
      insight.subjectId,
      insight.body,
      insight.taskId,
      insight.runId,
      insight.createdBy,
      insight.revision,
    ],
  );
}

/** Writes another text, or takes it out of use or back. @throws StoreError `conflict` */
export async function updateInsight(
  db: Db,
  { id, revision }: Pick<Insight, 'id' | 'revision'>,
  change: { readonly body: string; readonly isArchived: boolean; readonly revision: string },
): Promise<void> {
  const archived = change.isArchived ? `COALESCE(archived_at, ${db.dialect.now})` : 'NULL';
  const changed = await db.run(
    `UPDATE insights SET body = ?, archived_at = ${archived}, updated_at = ${db.dialect.now},
       revision = ? WHERE id = ? AND revision = ?`,
    [change.body, change.revision, id, revision],
  );
  if (changed === 0) throw new StoreError('conflict', `insight ${id} was changed meanwhile`);
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
export function insightsByPrefix(
  workspaceId: string,
  prefix: string,
): Request<readonly NamedInsight[]> {
  return query(
    `SELECT ${columns}, ${names} FROM insights i
     WHERE id >= ? AND id < ? AND COALESCE(workspace_id, '') = ? ORDER BY id LIMIT 2`,
    [prefix, `${prefix}~`, workspaceId],
    (rows) => rows.map(toInsight),
  );
}

/** An insight with how people call what it is about, and the key of the task it comes from. */
export interface NamedInsight extends Insight {
  readonly subjectSlug: string;
  readonly taskKey: string | null;
}

/** Names as columns of their own: Dolt reads and sorts whole tables to join a part of one. */
const names = `COALESCE((SELECT c.slug FROM clients c WHERE c.id = i.client_id),
    (SELECT p.slug FROM projects p WHERE p.id = i.project_id),
    (SELECT f.slug FROM infrastructure f WHERE f.id = i.infrastructure_id), '') AS subject_slug,
  (SELECT t.task_key FROM tasks t WHERE t.id = i.source_task_id) AS task_key`;

/** Newest first, and how many there are; of a workspace when no subject is named. */
export function insightList(
  dialect: Dialect,
  { workspaceId, subject, withArchived }: InsightFilter,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Request<{ readonly insights: readonly NamedInsight[]; readonly total: number }> {
  const [column, index, value] =
    subject === undefined
      ? ['workspace_id', 'insights_by_time', workspaceId]
      : [registryColumns[subject.about], indexes[subject.about], subject.subjectId];
  const from = `FROM insights i ${dialect.along(index)}
    WHERE ${column} = ? ${withArchived ? '' : 'AND archived_at IS NULL'}`;
  const list = together(
    query(
      `SELECT ${columns}, ${names} ${from}
       ORDER BY ${column} DESC, created_at DESC, id DESC LIMIT ${limit}`,
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

export interface InsightFilter {
  readonly workspaceId: string;
  readonly subject: InsightTarget | undefined;
  readonly withArchived: boolean;
}

function toInsight(row: Row): NamedInsight {
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
    subjectSlug: text(row, 'subject_slug'),
    taskKey: textOrNull(row, 'task_key'),
  };
}
