import type { BillLine, LiveWork } from '../../model/billing/corrections.ts';
import { readMinutesParts } from '../../model/run/minutes-part.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import {
  flag,
  integer,
  integerOrNull,
  text,
  textList,
  textOrNull,
  time,
  timeOrNull,
} from '../sql/columns.ts';
import { inList } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { insertRows, type WriteStatement } from '../sql/write.ts';

/** The period of a bill. Times are UTC text; `until` is the first one after it. */
export interface BillPeriod {
  readonly workspaceId: string;
  readonly from: string;
  readonly until: string;
}

/** A work item with the facts by which it is billed. */
export interface BilledWork extends LiveWork {
  /** Whether some of its lines were invoiced. */
  readonly isInvoiced: boolean;
}

/** Names are columns of their own: Dolt reads and sorts whole tables to join a part of one. */
const names = `(SELECT t.task_key FROM tasks t WHERE t.id = b.linked_task_id) AS task_key,
  (SELECT c.slug FROM clients c WHERE c.id = b.client_id) AS client,
  (SELECT c.name FROM clients c WHERE c.id = b.client_id) AS client_name,
  (SELECT c.time_zone FROM clients c WHERE c.id = b.client_id) AS time_zone,
  (SELECT p.slug FROM projects p WHERE p.id = b.project_id) AS project,
  (SELECT p.name FROM projects p WHERE p.id = b.project_id) AS project_name`;

const columns = `b.linked_task_id, b.client_id, b.project_id, b.completed_at, b.category, b.problem,
  b.solution, b.billable_minutes, b.minutes_from, b.affected_systems, b.technologies, ${names}`;

const ofWork = `${columns}, b.updated_at, b.archived_at,
  (SELECT c.rate FROM clients c WHERE c.id = b.client_id) AS rate,
  (SELECT c.currency FROM clients c WHERE c.id = b.client_id) AS currency,
  (SELECT MAX(l.invoiced_at) FROM invoice_lines l WHERE l.linked_task_id = b.linked_task_id)
    AS last_invoiced`;

/** Asks for the work that was completed in a period, of one client or all, along an index. */
export function billItems(
  dialect: Dialect,
  { workspaceId, clientId, from, until }: BillPeriod & { readonly clientId: string | undefined },
): Request<readonly BilledWork[]> {
  const [column, value, index]: readonly [string, SqlValue, string] =
    clientId === undefined
      ? ['workspace_id', workspaceId, 'work_items_by_time']
      : ['client_id', clientId, 'work_items_by_client'];
  return query(
    `SELECT ${ofWork} FROM work_items b ${dialect.along(index)}
     WHERE b.${column} = ? AND b.completed_at >= ? AND b.completed_at < ?
     ORDER BY b.${column}, b.completed_at, b.id`,
    [value, from, until],
    (rows) => rows.map(toBilledWork),
  );
}

/**
 * Asks for the work items that changed in a period, archived ones too and in no order: some need
 * corrections.
 */
export function changedItems(
  dialect: Dialect,
  { workspaceId, from, until }: BillPeriod,
): Request<readonly BilledWork[]> {
  return query(
    `SELECT ${ofWork} FROM work_items b ${dialect.along('work_items_by_change')}
     WHERE b.updated_at >= ? AND b.updated_at < ? AND b.workspace_id = ?`,
    [from, until, workspaceId],
    (rows) => rows.map(toBilledWork),
  );
}

const ofLine = `${columns}, b.rate, b.currency, b.correction, b.invoiced_at`;

/** Asks for what was invoiced of a period. */
export function invoicedLines(
  dialect: Dialect,
  { workspaceId, from, until }: BillPeriod,
): Request<readonly BillLine[]> {
  return query(
    `SELECT ${ofLine} FROM invoice_lines b ${dialect.along('invoice_lines_by_time')}
     WHERE b.workspace_id = ? AND b.completed_at >= ? AND b.completed_at < ?
     ORDER BY b.workspace_id, b.completed_at, b.id`,
    [workspaceId, from, until],
    (rows) => rows.map(toInvoiced),
  );
}

/** Asks for what was invoiced of these tasks, each one's oldest first. */
export function invoicedLinesOf(taskIds: readonly string[]): Request<readonly BillLine[]> {
  return inList(
    taskIds,
    (list) => `SELECT ${ofLine} FROM invoice_lines b WHERE b.linked_task_id IN (${list})
     ORDER BY b.linked_task_id, b.invoiced_at, b.id`,
    (rows) => rows.map(toInvoiced),
  );
}

/** Writes lines as they are invoiced. Times are UTC text as stored. */
export function insertInvoiceLines(
  lines: readonly (BillLine & { readonly id: string })[],
  invoice: {
    readonly workspaceId: string;
    readonly at: string;
    readonly by: string;
    storedTime(iso: string): string;
  },
): readonly WriteStatement[] {
  return insertRows(
    'invoice_lines',
    lines.map((line) => ({
      id: line.id,
      workspace_id: invoice.workspaceId,
      linked_task_id: line.taskId,
      client_id: line.clientId,
      project_id: line.projectId,
      category: line.category,
      problem: line.problem,
      solution: line.solution,
      billable_minutes: line.minutes,
      minutes_from: JSON.stringify(line.minutesFrom),
      rate: line.rate,
      currency: line.currency,
      affected_systems: JSON.stringify(line.affectedSystems),
      technologies: JSON.stringify(line.technologies),
      correction: line.correction ? 1 : 0,
      completed_at: invoice.storedTime(line.completedAt),
      invoiced_at: invoice.at,
      invoiced_by: invoice.by,
    })),
  );
}

function toBilledWork(row: Row): BilledWork {
  return {
    line: { ...toLine(row), correction: false, invoicedAt: null },
    updatedAt: time(row, 'updated_at'),
    isArchived: timeOrNull(row, 'archived_at') !== null,
    isInvoiced: timeOrNull(row, 'last_invoiced') !== null,
  };
}

function toInvoiced(row: Row): BillLine {
  return {
    ...toLine(row),
    correction: flag(row, 'correction'),
    invoicedAt: time(row, 'invoiced_at'),
  };
}

function toLine(row: Row): Omit<BillLine, 'correction' | 'invoicedAt'> {
  return {
    taskId: text(row, 'linked_task_id'),
    clientId: text(row, 'client_id'),
    projectId: textOrNull(row, 'project_id'),
    completedAt: time(row, 'completed_at'),
    timeZone: textOrNull(row, 'time_zone'),
    task: text(row, 'task_key'),
    client: text(row, 'client'),
    clientName: text(row, 'client_name'),
    project: textOrNull(row, 'project'),
    projectName: textOrNull(row, 'project_name'),
    category: text(row, 'category'),
    problem: text(row, 'problem'),
    solution: text(row, 'solution'),
    minutes: integer(row, 'billable_minutes'),
    minutesFrom: [...readMinutesParts(textOrNull(row, 'minutes_from'))],
    rate: integerOrNull(row, 'rate'),
    currency: textOrNull(row, 'currency'),
    affectedSystems: [...textList(row, 'affected_systems')],
    technologies: [...textList(row, 'technologies')],
  };
}
