import type { EntryTasks } from '../../model/answers/entry-tasks.ts';
import { withAbsence } from '../../model/liveness.ts';
import { entrySlug, type RegistryEntry } from '../../model/registry/entry.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import {
  type EntryTaskRow,
  type EntryTaskRows,
  entryTasks,
} from '../../store/queries/entry-tasks.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { countArchived } from '../../store/tables/archived-tasks.ts';
import { namedRequest, requireNamed } from '../registry/entries.ts';
import { type NamedInput, type RegistryVerbs, viewEntry } from '../registry/verbs.ts';
import type { Scope } from '../scope.ts';

/** The number of open tasks that are named. */
const named = 20;

/** Counting stops here: what a client ever had is read row by row. */
const totalLimit = 2_000;

/**
 * Reads a client or a project with its tasks, in one flight.
 *
 * @throws DocketError `not_found`
 */
export function showEntryWithTasks<T extends RegistryEntry, Input extends NamedInput, View>(
  scope: Scope,
  verbs: RegistryVerbs<T, Input, View>,
  { name, table }: { readonly name: string; readonly table: 'clients' | 'projects' },
): Promise<{ readonly view: View; readonly tasks: EntryTasks }> {
  const { workspaceId } = scope;
  return scope.store.read(async (db) => {
    const tasksOf = (slug: string) =>
      entryTasks(db.dialect, { table, workspaceId, slug }, { limit: named, countTo: totalLimit });
    const slug = entrySlug(name);
    const [found, ofSlug, archived, at] = await ask(
      db,
      together(
        namedRequest(verbs.kind, { workspaceId, name }),
        tasksOf(slug),
        countArchived(db.dialect, workspaceId, totalLimit),
        clock(db.dialect),
      ),
    );
    const entry = await requireNamed(db, verbs.kind, { workspaceId, name, found });
    // It may have been named by its id.
    const rows = entry.slug === slug ? ofSlug : await ask(db, tasksOf(entry.slug));
    const view = await viewEntry(db, verbs, entry);
    return { view, tasks: { ...viewTasks(rows, { now: at, probe: scope.probe }), archived } };
  });
}

type Moment = Parameters<typeof withAbsence>[2];

function viewTasks([open, counts]: EntryTaskRows, moment: Moment): Omit<EntryTasks, 'archived'> {
  const count = (...statuses: Parameters<typeof counts.get>) =>
    statuses.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0);
  return {
    open: {
      total: count('in_progress') + count('blocked') + count('pending'),
      tasks: open.map((task) => viewTask(task, moment)),
    },
    completed: count('completed'),
    cancelled: count('cancelled'),
    totalLimit,
    at: moment.now,
  };
}

function viewTask(
  { id: _, createdAt: __, holder, claim, ...task }: EntryTaskRow,
  moment: Moment,
): EntryTasks['open']['tasks'][number] {
  return {
    ...task,
    parent: parentKey(task.key),
    claim: claim === null ? null : withAbsence(claim, holder, moment),
  };
}
