import { DocketError } from '../../model/errors.ts';
import { keepLinks, remove, takeOutOfArchive } from '../../store/moving/archived-trees.ts';
import { movedTable } from '../../store/moving/moved-tables.ts';
import { insertPage } from '../../store/moving/place-page.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import { ask, together } from '../../store/sql/request.ts';
import { runWrites } from '../../store/sql/write.ts';
import { linksToArchived } from '../../store/tables/archived-tasks.ts';
import { taskRowsById } from '../../store/tables/tasks.ts';
import { findCycle } from '../derive/cycle.ts';
import { WrongWorkspace } from '../transaction/wrong-workspace.ts';
import { requireArchived } from '../view/find-archived.ts';
import type { Write } from '../write/write.ts';
import { readArchivedTree } from './read-tree.ts';

/**
 * Brings the tree of an archived task back into the list, as it was: rows, history and links. A task
 * that is linked to one of it and was archived meanwhile stays in the archive, and the link stays.
 *
 * @throws DocketError `not_found`, `ambiguous_key`; `cycle` when a need of it closes one by now
 */
export async function restoreTree(write: Write, key: string): Promise<void> {
  const { db, workspace } = write;
  const archived = await requireArchived(db, workspace.id, key);
  if (archived.workspaceId !== workspace.id) throw new WrongWorkspace(archived);
  const tree = await readArchivedTree(db, archived);
  const ids = tree.tasks.map(({ id }) => String(id));
  const own = tree.rows.filter(({ table }) => table.name === 'task_dependencies');
  const isOwn = new Set(ids);
  const outside = own.map(({ row }) => String(row.depends_on_id)).filter((id) => !isOwn.has(id));
  const [incoming, present] = await ask(
    db,
    together(linksToArchived(ids), taskRowsById([...new Set(outside)])),
  );
  const isThere = new Set([...ids, ...present.map(({ id }) => String(id))]);
  const isLive = ({ depends_on_id: id }: MovedRow) => isThere.has(String(id));
  const links = own.map(({ row }) => row);
  const others = tree.rows.filter(({ table }) => table.name !== 'task_dependencies');
  await runWrites(db, [
    ...takeOutOfArchive(workspace.id, tree),
    ...tree.tasks.flatMap((row) => insertPage(movedTable('tasks'), [row])),
    ...insertPage(movedTable('task_dependencies'), [...links.filter(isLive), ...incoming]),
    ...keepLinks(
      workspace.id,
      links.filter((link) => !isLive(link)),
    ),
    ...remove('archived_links', 'depends_on_id', ids),
    ...[...Map.groupBy(others, ({ table }) => table)].flatMap(([table, rows]) =>
      insertPage(
        table,
        rows.map(({ row }) => row),
      ),
    ),
  ]);
  await refuseCycles(write, [
    ...links.filter((link) => isLive(link) && !isOwn.has(String(link.depends_on_id))),
    ...incoming,
  ]);
  write.record({
    verb: 'restored',
    taskId: ids[0] ?? null,
    key: String(tree.tasks[0]?.task_key),
    new: { tasks: ids.length },
  });
}

/** Refuses a tree that now needs what waits for it: while it was away nothing kept that off. */
async function refuseCycles(write: Write, links: readonly MovedRow[]): Promise<void> {
  const blocking = links.filter(({ type }) => type === 'blocks');
  if (blocking.length === 0) return;
  const ids = blocking.flatMap((link) => [String(link.task_id), String(link.depends_on_id)]);
  const rows = await ask(write.db, taskRowsById([...new Set(ids)]));
  const keys = new Map(rows.map((row) => [String(row.id), String(row.task_key)]));
  const step = (id: unknown) => ({ id: String(id), key: keys.get(String(id)) ?? '' });
  for (const { task_id: id, depends_on_id: target } of blocking) {
    const cycle = await findCycle(write, { task: step(id), target: step(target) });
    if (cycle === undefined) continue;
    const path = cycle.join(' needs ');
    throw new DocketError('cycle', `bringing it back would close a cycle: ${path}`, {
      hint: `docket unlink one of them first: docket show ${cycle[1] ?? ''}`,
    });
  }
}
