import type { TaskView } from '../../model/answers/task.ts';
import type { Run } from '../../model/run/run.ts';
import { containerKeys } from '../../model/task/key-tree.ts';
import { ask, together } from '../../store/sql/request.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksByKeys, tasksNeededBy } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { projectContextRequest } from '../view/attribution.ts';
import { findTaskWith } from '../view/find.ts';
import { viewerRequest } from '../view/task.ts';

/** A task with what an agent at it needs to know of other tasks. */
export interface TaskForAgent {
  readonly task: TaskView;
  /** The containers of the task, the outermost first. */
  readonly containers: readonly TaskView[];
  /** The tasks that this one needs, in the order in which the links were made. */
  readonly needed: readonly TaskView[];
  readonly notes: readonly { readonly actor: string; readonly text: string }[];
  /** The runs of the task in the order they began, without their reports. */
  readonly runs: readonly Run[];
}

/**
 * Reads a task for the agent that works at it.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readForAgent(scope: Scope, key: string): Promise<TaskForAgent> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const found = await findTaskWith(db, {
      workspaceId,
      text: key,
      more: (whole) => together(tasksByKeys(containerKeys(whole)), tasksNeededBy(whole)),
    });
    const { task } = found;
    const [containers, needed] = found.more;
    const [viewer, withProject, notes, runs] = await ask(
      db,
      together(
        viewerRequest([task, ...containers, ...needed], scope),
        projectContextRequest([task, ...containers]),
        notesOf([task.id]),
        runsOf(db.dialect, [task.id], { withReports: false }),
      ),
    );
    const view = withProject(task, viewer(task));
    const fromTheOutside = containers.toSorted((a, b) => a.key.length - b.key.length);
    const neededByKey = new Map(needed.map((each) => [each.key, viewer(each)]));
    return {
      task: view,
      containers: fromTheOutside.map((container) => withProject(container, viewer(container))),
      needed: view.needs.flatMap((each) => neededByKey.get(each) ?? []),
      notes: notes.map(({ actor, body }) => ({ actor, text: body })),
      runs,
    };
  });
}
