import { rootKey } from '../../model/key.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Status } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import {
  linksTo,
  rowsOfTasks,
  tasksOfTrees,
  type WholeTree,
} from '../../store/moving/archived-trees.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import {
  type Begun,
  begunFor,
  type EndedRoot,
  type NewestSince,
  type Resting,
  restingOn,
} from '../../store/queries/archivable.ts';
import { ask, together } from '../../store/sql/request.ts';
import { storedTime } from '../stored-time.ts';

/** Why a tree that ended long ago stays in the list. */
export const keptReasons = ['open', 'needed', 'billed', 'learnt', 'moved', 'measured'] as const;
export type KeptReason = (typeof keptReasons)[number];

/** What decides which trees go. */
export interface Choice {
  /** Trees whose last task ended before this go; UTC text as stored. */
  readonly before: string;
  readonly newest: NewestSince;
}

/** Some trees that were looked at: those that go, and why others stay. */
export interface Chosen {
  readonly trees: readonly WholeTree[];
  /** Links of tasks that stay to tasks that go. */
  readonly links: readonly MovedRow[];
  readonly kept: Readonly<Partial<Record<KeptReason, number>>>;
}

/**
 * Reads trees and chooses those that nothing in the list rests on any more. In a transaction the
 * choice holds, as everything that could change it takes the guard.
 */
export async function chooseTrees(
  db: Db,
  roots: readonly Pick<EndedRoot, 'key'>[],
  choice: Choice,
): Promise<Chosen> {
  const tasks = await ask(db, tasksOfTrees(roots.map(({ key }) => key)));
  const ids = tasks.map(({ id }) => String(id));
  const [resting, begun] = await ask(db, together(restingOn(ids), begunFor(ids)));
  const kept: Partial<Record<KeptReason, number>> = {};
  const going: (readonly MovedRow[])[] = [];
  for (const tree of Map.groupBy(tasks, ({ task_key: key }) => rootKey(String(key))).values()) {
    const reason = reasonToKeep(tree, { ...choice, resting, begun });
    if (reason === undefined) going.push(tree);
    else kept[reason] = (kept[reason] ?? 0) + 1;
  }
  if (going.length === 0) return { trees: [], links: [], kept };
  const goingIds = going.flat().map(({ id }) => String(id));
  const [rows, links] = await ask(db, together(rowsOfTasks(goingIds), linksTo(goingIds)));
  const byTask = Map.groupBy(rows, ({ row }) => row.task_id);
  const isGoing = new Set<unknown>(goingIds);
  return {
    trees: going.map((tree) => ({
      tasks: tree,
      rows: tree.flatMap(({ id }) => byTask.get(id ?? null) ?? []),
    })),
    links: links.filter(({ task_id: id }) => !isGoing.has(id)),
    kept,
  };
}

interface Facts extends Choice {
  readonly resting: Resting;
  readonly begun: Begun;
}

function reasonToKeep(
  tree: readonly MovedRow[],
  { before, newest, resting, begun }: Facts,
): KeptReason | undefined {
  const some = (is: (id: string, task: MovedRow) => boolean) =>
    tree.some((task) => is(String(task.id), task));
  if (some((id, task) => !hasEnded(task, before) || begun.open.has(id))) return 'open';
  if (some((id) => resting.needed.has(id))) return 'needed';
  if (some((id) => resting.billed.has(id))) return 'billed';
  if (some((id) => resting.learnt.has(id))) return 'learnt';
  if (some((id) => resting.moved.has(id))) return 'moved';
  const isSince = (time: string | undefined, since: string) => time !== undefined && time >= since;
  const isMeasured = some(
    (id, task) =>
      isNewest(task, newest) ||
      isSince(begun.runs.get(id), newest.runs) ||
      isSince(begun.blocks.get(id), newest.blocks),
  );
  return isMeasured ? 'measured' : undefined;
}

function hasEnded({ status, completed_at: time }: MovedRow, before: string): boolean {
  return isClosed(String(status) as Status) && storedTime(String(time)) < before;
}

/** Whether a task is among the completed leaves by which others like it are estimated. */
function isNewest(task: MovedRow, { types }: NewestSince): boolean {
  if (task.status !== 'completed' || task.subtask_count !== 0) return false;
  return storedTime(String(task.completed_at)) >= (types.get(String(task.task_type)) ?? '');
}
