import type { Db } from '../../store/contract.ts';
import { rowsOfTasks } from '../../store/moving/archived-trees.ts';
import { movedTable } from '../../store/moving/moved-tables.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import type { TableRow } from '../../store/moving/row-lines.ts';
import { danglingLinks, insertAnew } from '../../store/queries/past-rows.ts';
import { archivedRows } from '../../store/queries/past-source.ts';
import { ask, together } from '../../store/sql/request.ts';
import { archivedByIds } from '../../store/tables/archived-tasks.ts';
import { readArchivedTree } from '../archive/read-tree.ts';
import type { Scope } from '../scope.ts';
import { readValues } from '../undo/past-verb.ts';
import type { PastList } from './rebuilding.ts';

/**
 * Copies into a past list what else was known of a task then: its notes, its runs, and what it was
 * linked to that was archived by then.
 */
export async function copyDetails(scope: Scope, past: PastList, taskId: string): Promise<void> {
  const { db } = past.scope.store;
  const links = await ask(db, danglingLinks(taskId));
  const { rows, archived } = await scope.store.read((live) =>
    readRows(
      live,
      taskId,
      links.map((link) => String(link.depends_on_id)),
    ),
  );
  const isThere = new Set(archived.map(({ row }) => row.id));
  const linksThere = links.filter((link) => isThere.has(link.depends_on_id ?? null));
  const workspace_id = scope.workspaceId;
  const statements = insertAnew([
    ...rowsThen(rows, past),
    ...archived,
    ...linksThere.map((link) => ({
      table: movedTable('archived_links'),
      row: { workspace_id, ...link },
    })),
  ]);
  if (statements.length > 0) await db.batch(statements);
}

/** Reads the rows of a task, in the list or archived, and what is still told of archived tasks. */
async function readRows(live: Db, taskId: string, linkedIds: readonly string[]) {
  const [rows, [self], archived] = await ask(
    live,
    together(rowsOfTasks([taskId]), archivedByIds([taskId]), archivedRows(linkedIds)),
  );
  if (self === undefined) return { rows, archived };
  const tree = await readArchivedTree(live, self);
  return { rows: tree.rows.filter(({ row }) => row.task_id === taskId), archived };
}

/** Gives the notes and runs of a task that were there at a moment, as they were. */
function rowsThen(rows: readonly TableRow[], { at, seq }: PastList): readonly TableRow[] {
  const events = rows.filter(({ table }) => table.name === 'task_events').map(({ row }) => row);
  const later = events.filter((event) => Number(event.seq) > seq);
  const laterNotes = new Set(later.map(({ new_value: value }) => readValues(textOf(value)).note));
  // Several events have the same time where a machine is fast.
  const laterTimes = new Set(later.map(({ created_at: time }) => time));
  const isPast = (time: MovedRow[string] | undefined) =>
    typeof time === 'string' && time <= at && !laterTimes.has(time);
  return rows.flatMap(({ table, row }) => {
    if (table.name === 'task_notes') {
      return String(row.created_at) <= at && !laterNotes.has(row.id) ? [{ table, row }] : [];
    }
    if (table.name !== 'agent_runs' || !isPast(row.started_at)) return [];
    return [{ table, row: isPast(row.finished_at) ? row : { ...row, ...underWay(row) } }];
  });
}

/** Gives what a run lacks that is still under way. */
function underWay({ task_id: taskId = null }: MovedRow): MovedRow {
  return {
    ...{ running_task_id: taskId, status: 'running', active_ms: 0 },
    ...{ finished_at: null, verdict: null, report: null, error: null },
    ...{ cost_micros: null, proposed_minutes: null },
  };
}

function textOf(value: MovedRow[string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
