import type { Work, WorkItem } from '../../model/billing/work-item.ts';
import { readMinutesParts } from '../../model/run/minutes-part.ts';
import type { Db, Dialect, Row } from '../contract.ts';
import {
  id,
  integer,
  integerOrNull,
  text,
  textList,
  textOrNull,
  time,
  timeOrNull,
} from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { ask, mapped, query, type Request, together } from '../sql/request.ts';
import { assignments, insertRow, type WriteStatement } from '../sql/write.ts';

const columns = `id, linked_task_id, client_id, project_id, category, problem, solution,
  billable_minutes, minutes_from, session_id, affected_systems, technologies, completed_at, archived_at,
  created_at, created_by, updated_at, revision,
  (SELECT SUM(l.billable_minutes) FROM invoice_lines l WHERE l.linked_task_id = w.linked_task_id)
    AS invoiced_minutes`;

/** A work item to insert. */
export type NewWorkItem = Work &
  Pick<WorkItem, 'id' | 'taskId' | 'session' | 'createdBy' | 'revision'> & {
    readonly workspaceId: string;
    /** Times are UTC text as stored; the completion is the task's own. */
    readonly completedAt: string;
    readonly at: string;
  };

export function insertWorkItem(item: NewWorkItem): WriteStatement {
  return insertRow('work_items', {
    id: item.id,
    workspace_id: item.workspaceId,
    linked_task_id: item.taskId,
    ...valuesOf(item),
    session_id: item.session,
    completed_at: item.completedAt,
    created_at: item.at,
    created_by: item.createdBy,
    updated_at: item.at,
    revision: item.revision,
  });
}

/** Writes a work item anew, and brings an archived one back. */
export function renewWorkItem(
  item: Pick<WorkItem, 'id' | 'revision'>,
  work: Work & Pick<NewWorkItem, 'session' | 'revision' | 'completedAt' | 'at'>,
): WriteStatement {
  return updateWorkItem(item, {
    ...valuesOf(work),
    session_id: work.session,
    completed_at: work.completedAt,
    archived_at: null,
    updated_at: work.at,
    revision: work.revision,
  });
}

/** Takes a work item off the bill. */
export function archiveWorkItem(
  item: Pick<WorkItem, 'id' | 'revision'>,
  { revision, at }: { readonly revision: string; readonly at: string },
): WriteStatement {
  return updateWorkItem(item, { archived_at: at, updated_at: at, revision });
}

function updateWorkItem(
  { id, revision }: Pick<WorkItem, 'id' | 'revision'>,
  values: Row,
): WriteStatement {
  const { sets, params } = assignments(values);
  return {
    sql: `UPDATE work_items SET ${sets} WHERE id = ? AND revision = ?`,
    params: [...params, id, revision],
    mustFind: 1,
    written: `work item ${id}`,
  };
}

/** Asks for the work items of these tasks. */
export function workItemsOf(taskIds: readonly string[]): Request<readonly NamedWorkItem[]> {
  return inList(
    taskIds,
    (list) => `SELECT ${columns}, ${names} FROM work_items w WHERE linked_task_id IN (${list})
     ORDER BY linked_task_id`,
    (rows) => rows.map(toNamedWorkItem),
  );
}

/** Finds the work items of these tasks. */
export function findWorkItems(db: Db, taskIds: readonly string[]): Promise<readonly WorkItem[]> {
  return ask(db, workItemsOf(taskIds));
}

/** A work item with the names of its task, client and project. */
export interface NamedWorkItem extends WorkItem {
  readonly taskKey: string;
  readonly clientSlug: string;
  /** The client's. */
  readonly timeZone: string | null;
  readonly projectSlug: string | null;
}

/** Names are columns of their own: Dolt reads and sorts whole tables to join a part of one. */
const names = `(SELECT t.task_key FROM tasks t WHERE t.id = w.linked_task_id) AS task_key,
  (SELECT c.slug FROM clients c WHERE c.id = w.client_id) AS client_slug,
  (SELECT c.time_zone FROM clients c WHERE c.id = w.client_id) AS time_zone,
  (SELECT p.slug FROM projects p WHERE p.id = w.project_id) AS project_slug`;

/** The work items that a list or a bill shows. Times are UTC; `until` is the first one after. */
export interface WorkItemFilter {
  readonly workspaceId: string;
  readonly clientId: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly withArchived: boolean;
}

/** Asks for work items, newest first, and their number; counting stops at `countTo`. */
export function workItemList(
  dialect: Dialect,
  filter: WorkItemFilter,
  { limit, countTo }: { readonly limit: number; readonly countTo: number },
): Request<{ readonly items: readonly NamedWorkItem[]; readonly total: number }> {
  const { where, params, order } = conditionOf(filter, 'DESC');
  const from = `FROM work_items w ${along(dialect, filter)} WHERE ${where}`;
  const list = together(
    query(`SELECT ${columns}, ${names} ${from} ORDER BY ${order} LIMIT ${limit}`, params, (rows) =>
      rows.map(toNamedWorkItem),
    ),
    query(
      `SELECT COUNT(*) AS total FROM (SELECT 1 AS one ${from} LIMIT ${countTo}) AS capped`,
      params,
      ([count]) => (count ? integer(count, 'total') : 0),
    ),
  );
  return mapped(list, ([items, total]) => ({ items, total }));
}

function along(dialect: Dialect, { clientId }: WorkItemFilter): string {
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
  const present = conditions.flatMap(([sql, param]) =>
    param === undefined ? [] : [{ sql, param }],
  );
  return {
    where: [
      ...present.map(({ sql }) => sql),
      ...(withArchived ? [] : ['archived_at IS NULL']),
    ].join(' AND '),
    params: present.map(({ param }) => param),
    order: [column, 'completed_at', 'id'].map((name) => `${name} ${direction}`).join(', '),
  };
}

function valuesOf(work: Work): Row {
  return {
    client_id: work.clientId,
    project_id: work.projectId,
    category: work.category,
    problem: work.problem,
    solution: work.solution,
    billable_minutes: work.billableMinutes,
    minutes_from: JSON.stringify(work.minutesFrom),
    affected_systems: JSON.stringify(work.affectedSystems),
    technologies: JSON.stringify(work.technologies),
  };
}

function toNamedWorkItem(row: Row): NamedWorkItem {
  return {
    ...toWorkItem(row),
    taskKey: text(row, 'task_key'),
    clientSlug: text(row, 'client_slug'),
    timeZone: textOrNull(row, 'time_zone'),
    projectSlug: textOrNull(row, 'project_slug'),
  };
}

function toWorkItem(row: Row): WorkItem {
  return {
    id: id(row, 'id'),
    taskId: text(row, 'linked_task_id'),
    clientId: text(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    category: text(row, 'category'),
    problem: text(row, 'problem'),
    solution: text(row, 'solution'),
    billableMinutes: integer(row, 'billable_minutes'),
    minutesFrom: readMinutesParts(textOrNull(row, 'minutes_from')),
    session: text(row, 'session_id'),
    affectedSystems: [...textList(row, 'affected_systems')],
    technologies: [...textList(row, 'technologies')],
    completedAt: time(row, 'completed_at'),
    archivedAt: timeOrNull(row, 'archived_at'),
    invoicedMinutes: integerOrNull(row, 'invoiced_minutes'),
    createdAt: time(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    updatedAt: time(row, 'updated_at'),
    revision: text(row, 'revision'),
  };
}
