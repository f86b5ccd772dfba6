import type { Work, WorkItem } from '../../model/billing/work-item.ts';
import type { Db, Dialect, Row, SqlValue } from '../contract.ts';
import { integer, text, textOrNull, time, timeOrNull } from '../sql/columns.ts';
import { queryIn } from '../sql/in-list.ts';
import { runWrites, type WriteStatement } from '../sql/write.ts';

const columns = `id, linked_task_id, client_id, project_id, category, problem, solution,
  billable_minutes, session_id, affected_systems, technologies, completed_at, archived_at,
  created_at, created_by, updated_at, revision`;

/** The time of completion is the task's own. */
const completion = '(SELECT t.completed_at FROM tasks t WHERE t.id = ?)';

/** A work item to record. */
export type NewWorkItem = Work &
  Pick<WorkItem, 'id' | 'taskId' | 'session' | 'createdBy' | 'revision'> & {
    readonly workspaceId: string;
  };

export async function insertWorkItem(db: Db, item: NewWorkItem): Promise<void> {
  await runWrites(db, [insertWorkItemStatement(db.dialect, item)]);
}

export function insertWorkItemStatement(dialect: Dialect, item: NewWorkItem): WriteStatement {
  return {
    sql: `INSERT INTO work_items (id, workspace_id, linked_task_id, client_id, project_id, category,
       problem, solution, billable_minutes, affected_systems, technologies, session_id,
       completed_at, created_at, created_by, updated_at, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${completion}, ${dialect.now}, ?,
       ${dialect.now}, ?)`,
    params: [
      item.id,
      item.workspaceId,
      item.taskId,
      ...valuesOf(item),
      item.session,
      item.taskId,
      item.createdBy,
      item.revision,
    ],
  };
}

/** What a work item that exists says from now on. */
export type RenewedWork = Work & { readonly session: string; readonly revision: string };

/** Writes anew what was done, and brings an archived item back. @throws StoreError `conflict` */
export async function renewWorkItem(
  db: Db,
  item: Pick<WorkItem, 'id' | 'taskId' | 'revision'>,
  work: RenewedWork,
): Promise<void> {
  await runWrites(db, [renewWorkItemStatement(db.dialect, item, work)]);
}

export function renewWorkItemStatement(
  dialect: Dialect,
  item: Pick<WorkItem, 'id' | 'taskId' | 'revision'>,
  work: RenewedWork,
): WriteStatement {
  return {
    sql: `UPDATE work_items SET client_id = ?, project_id = ?, category = ?, problem = ?,
       solution = ?, billable_minutes = ?, affected_systems = ?, technologies = ?, session_id = ?,
       completed_at = ${completion}, archived_at = NULL, updated_at = ${dialect.now},
       revision = ?
     WHERE id = ? AND revision = ?`,
    params: [...valuesOf(work), work.session, item.taskId, work.revision, item.id, item.revision],
    mustFind: 1,
    written: `work item ${item.id}`,
  };
}

/** Takes a work item off the bill. @throws StoreError `conflict` */
export async function archiveWorkItem(
  db: Db,
  item: Pick<WorkItem, 'id' | 'revision'>,
  revision: string,
): Promise<void> {
  await runWrites(db, [archiveWorkItemStatement(db.dialect, item, revision)]);
}

export function archiveWorkItemStatement(
  dialect: Dialect,
  item: Pick<WorkItem, 'id' | 'revision'>,
  revision: string,
): WriteStatement {
  return {
    sql: `UPDATE work_items SET archived_at = ${dialect.now}, updated_at = ${dialect.now},
       revision = ? WHERE id = ? AND revision = ?`,
    params: [revision, item.id, item.revision],
    mustFind: 1,
    written: `work item ${item.id}`,
  };
}

/** Those of these tasks. */
export async function findWorkItems(
  db: Db,
  taskIds: readonly string[],
): Promise<readonly WorkItem[]> {
  const rows = await queryIn(
    db,
    taskIds,
    (list) => `SELECT ${columns} FROM work_items WHERE linked_task_id IN (${list})
     ORDER BY linked_task_id`,
  );
  return rows.map(toWorkItem);
}

/** Which work items a list or a bill is of. Times are UTC; `until` is the first one after. */
export interface WorkItemFilter {
  readonly workspaceId: string;
  readonly clientId: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly withArchived: boolean;
}

/** Newest first, and how many there are; counting stops at `countTo`. */
export async function listWorkItems(
  db: Db,
  filter: WorkItemFilter,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Promise<{ items: readonly WorkItem[]; total: number }> {
  const { where, params, order } = conditionOf(filter, 'DESC');
  const from = `FROM work_items ${along(db, filter)} WHERE ${where}`;
  const rows = await db.query(`SELECT ${columns} ${from} ORDER BY ${order} LIMIT ${limit}`, params);
  const [count] = await db.query(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one ${from} LIMIT ${countTo}) AS capped`,
    params,
  );
  return { items: rows.map(toWorkItem), total: count ? integer(count, 'total') : 0 };
}

function along({ dialect }: Db, { clientId }: WorkItemFilter): string {
  return dialect.along(clientId === undefined ? 'work_items_by_time' : 'work_items_by_client');
}

function conditionOf(
  { workspaceId, clientId, from, until, withArchived }: WorkItemFilter,
  direction: 'ASC' | 'DESC',
) {
  const [column, value] =
    clientId === undefined ? ['workspace_id', workspaceId] : ['client_id', clientId];
  const conditions: readonly (readonly [string, string | undefined])[] = [
    [`${column} = ?`, value],
    ['completed_at >= ?', from],
    ['completed_at < ?', until],
  ];
  const given = conditions.flatMap(([sql, param]) => (param === undefined ? [] : [{ sql, param }]));
  return {
    where: [...given.map(({ sql }) => sql), ...(withArchived ? [] : ['archived_at IS NULL'])].join(
      ' AND ',
    ),
    params: given.map(({ param }) => param),
    order: [column, 'completed_at', 'id'].map((name) => `${name} ${direction}`).join(', '),
  };
}

function valuesOf(work: Work): readonly SqlValue[] {
  return [
    work.clientId,
    work.projectId,
    work.category,
    work.problem,
    work.solution,
    work.billableMinutes,
    JSON.stringify(work.affectedSystems),
    JSON.stringify(work.technologies),
  ];
}

function toWorkItem(row: Row): WorkItem {
  return {
    id: text(row, 'id'),
    taskId: text(row, 'linked_task_id'),
    clientId: text(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    category: text(row, 'category'),
    problem: text(row, 'problem'),
    solution: text(row, 'solution'),
    billableMinutes: integer(row, 'billable_minutes'),
    session: text(row, 'session_id'),
    affectedSystems: JSON.parse(text(row, 'affected_systems')) as string[],
    technologies: JSON.parse(text(row, 'technologies')) as string[],
    completedAt: time(row, 'completed_at'),
    archivedAt: timeOrNull(row, 'archived_at'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
  };
}
