import type { HandOver } from '../../model/answers/hand-over.ts';
import type { NoteView, TaskView } from '../../model/answers/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { runsOf } from '../../store/tables/runs.ts';
import type { Scope } from '../scope.ts';
import { projectContextRequest } from '../view/attribution.ts';
import { findTask } from '../view/find.ts';
import { handOverRequest } from '../view/hand-over.ts';
import { viewNote } from '../view/note.ts';
import { viewerRequest } from '../view/task.ts';

/** A task with what an agent at it needs to know of other tasks. */
export interface TaskForAgent {
  readonly task: TaskView;
  readonly handOver: HandOver;
  readonly notes: readonly NoteView[];
}

/**
 * Reads a task for the agent that works at it.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function readForAgent(scope: Scope, key: string): Promise<TaskForAgent> {
  return scope.store.read(async (db) => {
    const task = await findTask(db, scope.workspaceId, key);
    const [viewer, withProject, handOver, notes, runs] = await ask(
      db,
      together(
        viewerRequest([task], scope),
        projectContextRequest([task]),
        handOverRequest(db, task),
        notesOf([task.id]),
        runsOf(db.dialect, [task.id], { withReports: false }),
      ),
    );
    return {
      task: withProject(task, viewer(task)),
      handOver: handOver(runs),
      notes: notes.map((note) => viewNote(note, task.key)),
    };
  });
}
