import type { Connection } from '../../lib/model/connection.ts';
import { ensureWorkspace, type WorkspaceName } from '../../lib/tracker/database/join-workspace.ts';
import { openUnmigrated } from '../../lib/tracker/database/open.ts';
import { groupSize } from '../groups/seed-group.ts';
import type { BulkInsert } from './bulk-insert.ts';
import { eventsPerTask, historyOf, historyTables, registryRows } from './seed-history.ts';
import { rowsOf, type SeedRow, type SeedRows } from './seed-rows.ts';

const groupsAtOnce = 100;

/** The tables, in the order that foreign keys ask for. */
const tables = ['sessions', 'tasks', 'task_dependencies', 'task_notes', 'task_events'] as const;

export interface Seed {
  readonly workspace: WorkspaceName;
  /** The number of tasks, a multiple of ten. */
  readonly tasks: number;
}

/** Makes the schema and the workspace as docket itself does. `admin` may create tables. */
export async function prepareDatabase(admin: Connection, workspace: WorkspaceName): Promise<void> {
  const store = await openUnmigrated(admin);
  try {
    await store.migrate();
    await ensureWorkspace(store, workspace, 'alice@one');
  } finally {
    await store.close();
  }
}

/** Fills a workspace with tasks, their dependencies, notes and events. */
export async function seed({ workspace, tasks }: Seed, into: BulkInsert): Promise<void> {
  const groups = tasks / groupSize;
  for (let first = 0; first < groups; first += groupsAtOnce) {
    const count = Math.min(groupsAtOnce, groups - first);
    const parts = Array.from({ length: count }, (_, index) => rowsOf(first + index, workspace));
    for (const table of tables) await into.insert(table, together(parts, table));
  }
  // Each task has one event.
  const ends = [tasks, tasks, workspace.id];
  await into.run('UPDATE workspaces SET seq = ?, task_count = ? WHERE id = ?', ends);
}

/** Milliseconds of a history, up to now, however many tasks there are. */
const year = 365 * 24 * 3_600_000;

/**
 * Fills a workspace with tasks and their history of a year: ten events each, runs, notes, blocks
 * and work items.
 */
export async function seedHistory({ workspace, tasks }: Seed, into: BulkInsert): Promise<void> {
  const groups = tasks / groupSize;
  const era = { start: Date.now() - year, step: Math.floor(year / groups) };
  for (const [table, rows] of Object.entries(registryRows(workspace.id, era))) {
    await into.insert(table, rows);
  }
  for (let first = 0; first < groups; first += groupsAtOnce) {
    const count = Math.min(groupsAtOnce, groups - first);
    const parts = Array.from({ length: count }, (_, index) =>
      historyOf(first + index, workspace, era),
    );
    for (const table of historyTables) {
      const rows = parts.flatMap((part) => part[table]);
      await into.insert(table, rows);
    }
  }
  const ends = [tasks * eventsPerTask, tasks, workspace.id];
  await into.run('UPDATE workspaces SET seq = ?, task_count = ? WHERE id = ?', ends);
}

function together(parts: readonly SeedRows[], table: keyof SeedRows): readonly SeedRow[] {
  return parts.flatMap((part) => part[table]);
}
