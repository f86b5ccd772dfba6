import type { BillItem } from '../../model/billing/bill.ts';
import type { Dialect, Row, SqlValue } from '../contract.ts';
import { integer, integerOrNull, text, textList, textOrNull, time } from '../sql/columns.ts';
import { query, type Request } from '../sql/request.ts';

/** The period and client of a bill. Times are UTC text; `until` is the first one after it. */
export interface BillPeriod {
  readonly workspaceId: string;
  /** Undefined: of every client. */
  readonly clientId: string | undefined;
  readonly from: string;
  readonly until: string;
}

/** A work item to bill, whose day depends on the time zone. */
export type BilledWork = Omit<BillItem, 'day' | 'timeZone' | 'amount'> & {
  readonly completedAt: string;
  /** The client's own. */
  readonly timeZone: string | null;
};

/** Asks for what is billed, by time: one statement along an index, without archived work items. */
export function billItems(
  dialect: Dialect,
  { workspaceId, clientId, from, until }: BillPeriod,
): Request<readonly BilledWork[]> {
  const [column, value, index]: readonly [string, SqlValue, string] =
    clientId === undefined
      ? ['workspace_id', workspaceId, 'work_items_by_time']
      : ['client_id', clientId, 'work_items_by_client'];
  // Names are columns of their own: Dolt reads and sorts whole tables to join a part of one.
  return query(
    `SELECT w.completed_at, w.category, w.problem, w.solution, w.billable_minutes,
       w.affected_systems, w.technologies,
       (SELECT t.task_key FROM tasks t WHERE t.id = w.linked_task_id) AS task_key,
       (SELECT c.slug FROM clients c WHERE c.id = w.client_id) AS client,
       (SELECT c.name FROM clients c WHERE c.id = w.client_id) AS client_name,
       (SELECT c.rate FROM clients c WHERE c.id = w.client_id) AS rate,
       (SELECT c.currency FROM clients c WHERE c.id = w.client_id) AS currency,
       (SELECT c.time_zone FROM clients c WHERE c.id = w.client_id) AS time_zone,
       (SELECT p.slug FROM projects p WHERE p.id = w.project_id) AS project,
       (SELECT p.name FROM projects p WHERE p.id = w.project_id) AS project_name
     FROM work_items w ${dialect.along(index)}
     WHERE w.${column} = ? AND w.completed_at >= ? AND w.completed_at < ?
       AND w.archived_at IS NULL
     ORDER BY w.${column}, w.completed_at, w.id`,
    [value, from, until],
    (rows) => rows.map(toBilledWork),
  );
}

function toBilledWork(row: Row): BilledWork {
  return {
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
    rate: integerOrNull(row, 'rate'),
    currency: textOrNull(row, 'currency'),
    affectedSystems: [...textList(row, 'affected_systems')],
    technologies: [...textList(row, 'technologies')],
  };
}
