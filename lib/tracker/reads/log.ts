import type { LogAnswer } from '../../model/answers/task.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { countEvents, newestEvents, titlesAround } from '../../store/tables/events.ts';
import type { Scope } from '../scope.ts';
import { viewEvent } from '../view/event.ts';
import { findTask } from '../view/find.ts';
import { totalLimit } from './lists.ts';

/** Reads the events of the workspace or of one task, newest first. */
export function readLog(
  scope: Scope,
  { key, limit }: { key?: string | undefined; limit: number },
): Promise<LogAnswer> {
  return scope.store.read(async (db) => {
    const task = key === undefined ? undefined : await findTask(db, scope.workspaceId, key);
    const which = { taskId: task?.id };
    const [rows, titles, total, at] = await ask(
      db,
      together(
        newestEvents(scope.workspaceId, { ...which, limit }),
        titlesAround(scope.workspaceId, { ...which, limit }),
        countEvents(scope.workspaceId, { ...which, countTo: totalLimit }),
        clock(db.dialect),
      ),
    );
    const around = Object.fromEntries(titles);
    return { events: rows.map(viewEvent), titles: around, total, totalLimit, at };
  });
}
