import type { PastMoment } from '../../model/task/moment.ts';
import type { Statement } from '../contract.ts';
import { movedTable } from '../moving/moved-tables.ts';
import { insertPage } from '../moving/place-page.ts';
import { columnNames, type MovedRow, toMovedRow } from '../moving/read-rows.ts';
import type { TableRow } from '../moving/row-lines.ts';
import { integer, text } from '../sql/columns.ts';
import { chunks, placeholdersFor } from '../sql/in-list.ts';
import { query, type Request } from '../sql/request.ts';
import { insertRows } from '../sql/write.ts';
import { type EventChange, toChange } from '../tables/event-row.ts';
import type { EventTime } from './past-source.ts';

// These run on the private SQLite database that a past list is rebuilt in, and on no other.

/** Inserts rows, but those that are there: what an archived tree tells may come from anywhere. */
export function insertAnew(rows: readonly TableRow[]): readonly Statement[] {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return [...byTable].flatMap(([table, own]) =>
    orIgnore(
      insertPage(
        table,
        own.map(({ row }) => row),
      ),
    ),
  );
}

/** Keeps events that are to be taken back, those of archived trees with their time. */
export function insertLater(
  events: readonly (EventChange & { readonly createdAt?: string })[],
): readonly Statement[] {
  return orIgnore(
    insertRows(
      'later_events',
      events.map(({ seq, taskId, verb, oldValue, newValue, createdAt = null }) => ({
        ...{ seq, task_id: taskId, verb, old_value: oldValue, new_value: newValue },
        time: createdAt,
      })),
    ),
  );
}

/** Asks for the last event of an archived tree until a moment. */
export function lastArchived(moment: PastMoment): Request<EventTime | undefined> {
  const [condition, value] =
    'event' in moment
      ? (['seq <= ?', moment.event] as const)
      : (['time <= ?', moment.time] as const);
  return query(
    `SELECT seq, time FROM later_events WHERE time IS NOT NULL AND ${condition}
     ORDER BY seq DESC LIMIT 1`,
    [value],
    ([row]) => row && { seq: integer(row, 'seq'), at: text(row, 'time') },
  );
}

/** Asks for later events between two numbers, neither of which is included, newest first. */
export function laterEvents({
  after,
  before,
  size,
}: {
  readonly after: number;
  readonly before: number;
  readonly size: number;
}): Request<readonly EventChange[]> {
  return query(
    `SELECT seq, task_id, verb, old_value, new_value FROM later_events
     WHERE seq > ? AND seq < ? ORDER BY seq DESC LIMIT ${size}`,
    [after, before],
    (rows) => rows.map(toChange),
  );
}

/** Says of trees that they were in the archive. */
export function insertAway(ids: readonly string[]): readonly Statement[] {
  return orIgnore(
    insertRows(
      'away',
      ids.map((id) => ({ id })),
    ),
  );
}

/** Says of the trees with these outermost keys that they were in the list. */
export function comeFromArchive(keys: readonly string[]): readonly Statement[] {
  return chunks(keys).map((part) => ({
    sql: `DELETE FROM away
      WHERE id IN (SELECT t.id FROM tasks t WHERE t.task_key IN (${placeholdersFor(part)}))`,
    params: part,
  }));
}

/** Takes what was in the archive out of the list. Links to it stay, and nothing reads them. */
export const leaveOutAway: readonly Statement[] = [
  `WITH RECURSIVE gone (id) AS (SELECT id FROM away
     UNION SELECT t.id FROM gone g JOIN tasks t ON t.parent_task_id = g.id)
   INSERT OR IGNORE INTO away SELECT id FROM gone`,
  ...['task_dependencies', 'task_infrastructure'].map(
    (table) => `DELETE FROM ${table} WHERE task_id IN (SELECT id FROM away)`,
  ),
  'DELETE FROM tasks WHERE id IN (SELECT id FROM away)',
].map((sql) => ({ sql }));

function orIgnore(statements: readonly Statement[]): readonly Statement[] {
  return statements.map(({ sql, params = [] }) => ({
    sql: sql.replace(/^INSERT /, 'INSERT OR IGNORE '),
    params,
  }));
}

/** Asks for the links of a task to others that the list lacks, as archived ones are. */
export function danglingLinks(taskId: string): Request<readonly MovedRow[]> {
  const table = movedTable('task_dependencies');
  return query(
    `SELECT ${columnNames(table)} FROM task_dependencies
     WHERE task_id = ? AND depends_on_id NOT IN (SELECT id FROM tasks)`,
    [taskId],
    (rows) => rows.map((row) => toMovedRow(table, row)),
  );
}

/** Makes the table of how tasks were shown at a later moment. */
export const makeAside: Statement = {
  sql: 'CREATE TABLE aside (id TEXT PRIMARY KEY, view TEXT NOT NULL) WITHOUT ROWID',
};

/** How a task was shown, as JSON text. */
export interface Aside {
  readonly id: string;
  readonly view: string;
}

export function insertAside(views: readonly Aside[]): readonly Statement[] {
  return insertRows(
    'aside',
    views.map(({ id, view }) => ({ id, view })),
  );
}

/** Asks how the next tasks after an id were shown, by id. */
export function viewsAside(after: string, size: number): Request<readonly Aside[]> {
  return query(
    `SELECT id, view FROM aside WHERE id > ? ORDER BY id LIMIT ${size}`,
    [after],
    (rows) => rows.map((row) => ({ id: text(row, 'id'), view: text(row, 'view') })),
  );
}
