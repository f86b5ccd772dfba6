import { isDeepStrictEqual } from 'node:util';
import { DocketError } from '../../model/errors.ts';
import { rootKey } from '../../model/key.ts';
import type { Db, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { takeOut, tasksOfTrees } from '../../store/moving/archived-trees.ts';
import type { MovedTable } from '../../store/moving/moved-tables.ts';
import {
  compareKeys,
  deleteRow,
  insertPage,
  overwriteRow,
  type Page,
  type Present,
  presentRequest,
} from '../../store/moving/place-page.ts';
import { keyOf, type MovedRow } from '../../store/moving/read-rows.ts';
import { integer } from '../../store/sql/columns.ts';
import { ask, query, together } from '../../store/sql/request.ts';
import { runWrites } from '../../store/sql/write.ts';
import { refuseOlderWriters } from '../../store/tables/archived-tasks.ts';
import { makeToken } from '../ids.ts';

/** The rows of a page that a database lacks, has otherwise, or has beyond it. */
export interface Difference {
  readonly added: readonly MovedRow[];
  readonly changed: readonly MovedRow[];
  readonly removed: readonly MovedRow[];
}

/** Rows whose parent comes later in the order: they are placed without it first. */
type Orphans = Map<string, string>;

/** Compares a page with a database and changes nothing. */
export async function comparePage(db: Db, workspaceId: string, page: Page): Promise<Difference> {
  return differenceOf(page, await ask(db, presentRequest(page, workspaceId)));
}

/**
 * Brings a database in line with a page, in one transaction under the guard of the list.
 *
 * @param seq the number of the list's last event there; another one means that somebody wrote
 */
export function placePage(
  store: Store,
  {
    workspaceId,
    page,
    seq,
    orphans,
  }: {
    readonly workspaceId: string;
    readonly page: Page;
    readonly seq: number;
    readonly orphans: Orphans;
  },
): Promise<Difference & { readonly seq: number }> {
  return store.write(async (db) => {
    const [, present] = await ask(
      db,
      together(guard(workspaceId, seq), presentRequest(page, workspaceId)),
    );
    const difference = differenceOf(page, present);
    const { added, changed, removed } = difference;
    if (added.length + changed.length + removed.length === 0) {
      db.abandon();
      return { ...difference, seq };
    }
    const { table } = page;
    const isHistory = table.name === 'task_events';
    const last = isHistory ? Math.max(seq, ...added.map((row) => Number(row.seq))) : seq;
    const cleared = table.name === 'archived_tasks' ? await clearTrees(db, added) : [];
    await refusingDuplicates(table, () =>
      runWrites(db, [
        ...cleared,
        ...removed.map((row) => deleteRow(table, row)),
        ...withoutParents(table, changed, orphans).map((row) => overwriteRow(table, row)),
        ...insertPage(table, withoutParents(table, added, orphans)),
        ...(last === seq ? [] : [setSeq(workspaceId, last)]),
      ]),
    );
    db.describe(`docket: moved ${added.length + changed.length} rows of ${table.name}`);
    return { ...difference, seq: last };
  });
}

/** Takes trees out of the list that are archived by now where they come from. */
async function clearTrees(db: Db, archived: readonly MovedRow[]) {
  if (archived.length === 0) return [];
  const roots = new Set(archived.map(({ task_key: key }) => rootKey(String(key))));
  return [refuseOlderWriters(), ...takeOut(await ask(db, tasksOfTrees([...roots])))];
}

/** Gives tasks the parents that came after them. */
export async function placeParents(
  store: Store,
  {
    workspaceId,
    seq,
    orphans,
  }: {
    readonly workspaceId: string;
    readonly seq: number;
    readonly orphans: Orphans;
  },
): Promise<void> {
  const entries = [...orphans];
  for (let start = 0; start < entries.length; start += 200) {
    await store.write(async (db) => {
      await ask(db, guard(workspaceId, seq));
      await runWrites(
        db,
        entries.slice(start, start + 200).map(([id, parent]) => ({
          sql: 'UPDATE tasks SET parent_task_id = ? WHERE id = ? AND workspace_id = ?',
          params: [parent, id, workspaceId],
          mustFind: 1,
        })),
      );
      db.describe('docket: placed moved tasks');
    });
  }
}

/** Takes the guard of a list and refuses one in which somebody has written since. */
export function guard(workspaceId: string, seq: number) {
  const taken = {
    statements: [
      {
        sql: 'UPDATE workspaces SET guard_token = ? WHERE id = ?',
        params: [makeToken(), workspaceId],
      },
    ],
    read: () => undefined,
  };
  const checked = query('SELECT seq FROM workspaces WHERE id = ?', [workspaceId], ([row]) => {
    if (row !== undefined && integer(row, 'seq') === seq) return;
    throw new DocketError('conflict', 'somebody works on the list where it is moved to', {
      hint: 'Let no session use it there until it is moved; docket log says who did',
    });
  });
  return together(taken, checked);
}

export function setSeq(workspaceId: string, seq: number) {
  return {
    sql: 'UPDATE workspaces SET seq = ? WHERE id = ?',
    params: [seq, workspaceId],
    mustFind: 1,
  };
}

/** @throws DocketError `conflict`: a row of the page belongs to another list there */
function differenceOf({ table, rows }: Page, { rows: present, takenKeys }: Present): Difference {
  const [key] = takenKeys;
  if (key !== undefined) {
    throw new DocketError('conflict', `another list there has a task with the key ${key}`, {
      hint: 'Keys are kept and belong to one task: move the list to a database of its own',
    });
  }
  const last = table.key.at(-1) ?? 'id';
  const nameOf = (row: MovedRow) =>
    table.isPruned ? JSON.stringify(keyOf(table, row)) : String(row[last]);
  const there = new Map(present.map((row) => [nameOf(row), row]));
  const added: MovedRow[] = [];
  const changed: MovedRow[] = [];
  for (const row of rows) {
    const found = there.get(nameOf(row));
    if (found === undefined) added.push(row);
    else if (isOther(table, found, row)) changed.push(row);
    there.delete(nameOf(row));
  }
  return { added, changed, removed: table.isPruned ? [...there.values()] : [] };
}

function isOther(table: MovedTable, found: MovedRow, row: MovedRow): boolean {
  if (isDeepStrictEqual(found, row)) return false;
  if (table.name === 'sessions') {
    // A session lives on where it works now: only what is newer counts.
    return String(row.last_seen_at) > String(found.last_seen_at);
  }
  if (
    found.workspace_id === row.workspace_id &&
    compareKeys(keyOf(table, found), keyOf(table, row)) === 0
  ) {
    if (table.name !== 'task_events') return true;
  }
  throw new DocketError(
    'conflict',
    `${table.name} ${keyOf(table, row).join(' ')} is of another list there`,
  );
}

function withoutParents(
  table: MovedTable,
  rows: readonly MovedRow[],
  orphans: Orphans,
): readonly MovedRow[] {
  if (table.name !== 'tasks') return rows;
  return rows.map((row) => {
    const { id, parent_task_id: parent } = row;
    // Ids begin with their time, so that a parent comes first unless the task was moved below it.
    if (parent === null || parent === undefined || String(parent) < String(id)) return row;
    orphans.set(String(id), String(parent));
    return { ...row, parent_task_id: null };
  });
}

/** A clash with what another list has is none that passes. */
async function refusingDuplicates<T>(table: MovedTable, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError) || !['duplicate', 'invariant'].includes(error.code)) {
      throw error;
    }
    throw new DocketError('conflict', `rows of ${table.name} do not fit there: ${error.message}`, {
      cause: error,
    });
  }
}
