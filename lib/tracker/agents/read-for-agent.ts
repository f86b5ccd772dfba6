import type { TaskView } from '../../model/answers/task.ts';
import type { Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { findDependencies } from '../../store/tables/dependencies.ts';
import { findNotes } from '../../store/tables/notes.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findTasks } from '../../store/tables/tasks.ts';
import type { Scope } from '../scope.ts';
import { withProjectContext } from '../view/attribution.ts';
import { findTask } from '../view/find.ts';
import { viewTasks } from '../view/task.ts';

/** A task with what an agent at it needs to know of others. */
export interface TaskForAgent {
  readonly task: TaskView;
  /** From the outermost in. */
  readonly containers: readonly TaskView[];
  /** What the task needs, in the order that was said. */
  readonly needed: readonly TaskView[];
  readonly notes: readonly { readonly actor: string; readonly text: string }[];
  /** In the order they began, without their reports. */
  readonly runs: readonly Run[];
}

/** @throws DocketError `not_found`, `ambiguous_key` */
export function readForAgent(scope: Scope, key: string): Promise<TaskForAgent> {
  return scope.store.read(async (db) => {
    const task = await findTask(db, scope.workspaceId, key);
    const containers = await findContainers(db, task);
    const needs = await findNeeds(db, task);
    const own = [task, ...containers];
    const views = await viewTasks(db, scope, [...own, ...needs]);
    const told: TaskView[] = [];
    for (const [index, view] of views.slice(0, own.length).entries()) {
      told.push(await withProjectContext(db, own[index] ?? task, view));
    }
    const [view, ...around] = told;
    if (view === undefined) throw new Error(`task ${task.key} has no view`);
    const notes = await findNotes(db, [task.id]);
    return {
      task: view,
      containers: around.reverse(),
      needed: views.slice(own.length),
      notes: notes.map(({ actor, body }) => ({ actor, text: body })),
      runs: await findRuns(db, [task.id], { withReports: false }),
    };
  });
}

/** From the innermost out. */
async function findContainers(db: Db, task: Task): Promise<readonly Task[]> {
  const found: Task[] = [];
  for (let { parentId } = task; parentId !== null; ) {
    const [container] = await findTasks(db, [parentId]);
    if (container !== undefined) found.push(container);
    parentId = container?.parentId ?? null;
  }
  return found;
}

async function findNeeds(db: Db, { id }: Task): Promise<readonly Task[]> {
  const ids = (await findDependencies(db, [id]))
    .filter(({ type }) => type === 'blocks')
    .map(({ dependsOnId }) => dependsOnId);
  const byId = new Map((await findTasks(db, ids)).map((task) => [task.id, task]));
  return ids.flatMap((each) => byId.get(each) ?? []);
}
