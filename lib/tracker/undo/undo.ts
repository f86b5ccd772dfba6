import type { UndoAnswer } from '../../model/answers/undo.ts';
import { rootKey } from '../../model/key.ts';
import { treesRequest } from '../../store/queries/trees.ts';
import { ask, together } from '../../store/sql/request.ts';
import { eventsOfTasksAfter } from '../../store/tables/events.ts';
import { runningOfRequest } from '../../store/tables/running-times.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { taskRowsById } from '../../store/tables/tasks.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answerWith } from '../view/answer.ts';
import { viewRequest } from '../view/task.ts';
import type { Write } from '../write/write.ts';
import { findLast, type LastVerb } from './find-last.ts';
import { invert } from './invert.ts';
import type { PastVerb } from './past-verb.ts';
import { requireUnchanged, type Since } from './require-unchanged.ts';

/**
 * Undoes the last verb of the scope's worker: the list is as it was before, and the history tells
 * both. An undo is none of the verbs that it undoes, so that the next one goes a verb further back.
 *
 * @throws DocketError `not_found` when there is nothing to undo, `conflict` when the verb has no
 * inverse or others have changed its tasks since, `cycle`
 */
export function undoLast(scope: Scope): Promise<UndoAnswer> {
  return writeWorkspace(scope, {}, async (write) => {
    const last = await findLast(write);
    const { verb } = last;
    const since = await loadAround(write, last);
    for (const event of verb.events) requireUnchanged(write, event, since);
    const detail = { undoes: verb.seq, verb: verb.verb };
    for (const event of verb.events.toReversed()) await invert(write, { event, detail, since });
    return answerUndo(write, verb);
  });
}

/** Loads the tasks of a verb, and what has happened to them since, in one flight. */
async function loadAround(write: Write, { verb, settled }: LastVerb): Promise<Since> {
  const { db, list, runs, workspace } = write;
  const { session } = write.scope.worker;
  const { events } = verb;
  const ids = [...new Set(events.map(({ taskId }) => taskId))];
  const roots = [...new Set(events.map(({ key }) => rootKey(key)))];
  const [rows, trees, ofTasks, times, later] = await ask(
    db,
    together(
      taskRowsById(ids),
      treesRequest(roots),
      runsOf(db.dialect, ids, { withReports: false }),
      runningOfRequest(db, { workspaceId: workspace.id, session }),
      eventsOfTasksAfter(ids, verb.seq),
    ),
  );
  list.addTrees(roots, trees);
  list.addRows(rows);
  for (const id of ids) {
    runs.set(
      id,
      ofTasks.filter(({ taskId }) => taskId === id),
    );
  }
  runs.setTimes(session, times);
  const created = events.filter((event) => event.verb === 'created');
  return {
    later: later.filter(({ seq }) => !settled.has(seq)),
    created: new Set(created.map(({ taskId }) => taskId)),
  };
}

/** Answers with the task that the verb was about, the outermost of several, and the others. */
async function answerUndo(write: Write, { seq, verb, createdAt, events }: PastVerb) {
  await write.deriveAll();
  const direct = events.filter(({ isDerived }) => !isDerived);
  const keys = new Map(
    (direct.length > 0 ? direct : events).map(({ key, taskId }) => [key, taskId]),
  );
  const [main = '', ...others] = [...keys].sort(([a], [b]) => a.length - b.length);
  const tasks = others.map(([, id]) => write.list.task(id));
  const [answered, views] = await answerWith(write, main[1] ?? '', viewRequest(tasks, write.scope));
  return {
    ...answered,
    others: [...views],
    undone: { seq, verb, createdAt },
    at: isoTime(write.at),
  };
}
