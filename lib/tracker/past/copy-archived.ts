import type { Db } from '../../store/contract.ts';
import { linesOfTrees, type WholeTree } from '../../store/moving/archived-trees.ts';
import { movedTable } from '../../store/moving/moved-tables.ts';
import { toStoredRow } from '../../store/moving/read-rows.ts';
import { ask, together } from '../../store/sql/request.ts';
import { type ArchivedTask, archivedByKeys } from '../../store/tables/archived-tasks.ts';
import { toEvent } from '../../store/tables/event-row.ts';
import { treeOf } from '../archive/read-tree.ts';
import { sizeAfter } from './copy-list.ts';
import type { ArchivedPart, Rebuilding } from './rebuilding.ts';

/** Trees that are read together: at first, and as many as a few megabytes hold later. */
const firstTrees = 100;
const mostTrees = 1_000;

/** The tables of a tree that a list is made of. */
const listed: ReadonlySet<string> = new Set(['task_dependencies', 'task_infrastructure']);

interface Wanted {
  readonly workspaceId: string;
  /** The keys of trees that were archived since; some may have come back. */
  readonly keys: ReadonlySet<string>;
  /** The number of the event after which events are taken back. */
  readonly after: number;
}

/**
 * Copies the trees that were archived since a moment, with their later events. What was archived
 * before it is not read. A tree that another program has damaged is left out, and named.
 */
export async function copyArchived(
  db: Db,
  target: Rebuilding,
  { workspaceId, keys, after }: Wanted,
): Promise<void> {
  const left = [...keys];
  const isRoot = (each: ArchivedTask) =>
    each.workspaceId === workspaceId && each.id === each.treeId;
  const next = (size: number) => archivedByKeys(left.splice(0, size));
  let roots = (await ask(db, next(firstTrees))).filter(isRoot);
  let size = firstTrees;
  while (roots.length > 0 || left.length > 0) {
    const ids = roots.map(({ id }) => id);
    const [lines, found] = await ask(db, together(linesOfTrees(workspaceId, ids), next(size)));
    const trees = roots.map((root) => ({ root, tree: treeOf(lines.get(root.id) ?? '', root) }));
    await target.addArchived(
      trees.flatMap(({ root, tree }) =>
        tree === undefined ? [] : [{ id: root.id, ...partOf(tree) }],
      ),
      trees.flatMap(({ root, tree }) => (tree === undefined ? [root.key] : [])),
    );
    roots = found.filter(isRoot);
    size = Math.min(mostTrees, sizeAfter([...lines.values()].map((body) => ({ body }))));
  }

  /** Gives what a list and its later events are made of. */
  function partOf(tree: WholeTree): Pick<ArchivedPart, 'rows' | 'events'> {
    const tasks = movedTable('tasks');
    const events = tree.rows.filter(
      ({ table, row }) => table.name === 'task_events' && Number(row.seq) > after,
    );
    return {
      rows: [
        ...tree.tasks.map((row) => ({ table: tasks, row })),
        ...tree.rows.filter(({ table }) => listed.has(table.name)),
      ],
      events: events.map(({ table, row }) => toEvent(toStoredRow(table, row))),
    };
  }
}
