import type { RunView } from '../../model/answers/run.ts';
import { type TaskTree, treeOf } from '../../model/answers/tree.ts';
import { isDoneRun, type Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { type LastNote, lastNotes } from '../../store/queries/recap.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import { workItemsOf } from '../../store/tables/work-items.ts';
import type { Scope } from '../scope.ts';
import { findTaskWith } from '../view/find.ts';
import { viewRun } from '../view/run.ts';
import { viewRequest } from '../view/task.ts';

/** A task with everything below it at one moment. */
export interface TaskTreeReading {
  readonly tree: TaskTree;
  /** The runs of all these tasks, each task's in the order they began, without their reports. */
  readonly runs: readonly RunView[];
  /** The minutes of the root's work item, by the client's rounding; null when there is none. */
  readonly billedMinutes: number | null;
  /**
   * The beginning of the newest note of each task in progress, by its key; none of one whose work
   * was done since and is done anew.
   */
  readonly lastNotes: ReadonlyMap<string, string>;
  /** The time of the reading, by the database's clock. */
  readonly at: string;
}

/**
 * Reads a task with everything below it and the runs of each.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readTaskTree(scope: Scope, key: string): Promise<TaskTreeReading> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const found = await findTaskWith(db, { workspaceId, text: key, more: tasksBelow });
    const root = found.task;
    const tasks = [root, ...found.more];
    const keys = new Map(tasks.map(({ id, key }) => [id, key]));
    const begun = tasks.filter(({ status }) => status === 'in_progress').map(({ id }) => id);
    const [views, runs, workItems, notes, at] = await ask(
      db,
      together(
        viewRequest(tasks, scope),
        runsOf(db.dialect, [...keys.keys()], { withReports: false }),
        workItemsOf(isBilled(root) ? [root.id] : []),
        lastNotes(begun),
        clock(db.dialect),
      ),
    );
    const [top, ...below] = views;
    if (top === undefined) throw new Error(`${root.key} was read and has no view`);
    const [item] = workItems.filter(({ archivedAt }) => archivedAt === null);
    return {
      tree: treeOf(top, below),
      runs: runs.map((run) => viewRun(run, keys.get(run.taskId) ?? '')),
      billedMinutes: item?.billableMinutes ?? null,
      lastNotes: new Map(
        [...notes]
          .filter(([id, note]) => !runs.some((run) => run.taskId === id && isDoneSince(run, note)))
          .map(([id, { text }]) => [keys.get(id) ?? '', text]),
      ),
      at,
    };
  });
}

function isBilled({ clientId, billable, status }: Task): boolean {
  return clientId !== null && billable && status === 'completed';
}

function isDoneSince({ status, finishedAt }: Run, { at }: LastNote): boolean {
  return isDoneRun(status) && finishedAt !== null && finishedAt > at;
}
