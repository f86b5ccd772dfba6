import type { HistoryAnswer } from '../../model/answers/history.ts';
import type { LogAnswer } from '../../model/answers/task.ts';
import { containerKeys } from '../../model/task/key-tree.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { allSlugs, newestFirst, toTaskEvent } from '../../store/queries/history.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { toNote } from '../../store/tables/notes.ts';
import { toRun } from '../../store/tables/runs.ts';
import { ownRows, readArchivedTask } from '../archive/read-tree.ts';
import { totalLimit } from '../reads/lists.ts';
import type { Scope } from '../scope.ts';
import { viewEvent } from '../view/event.ts';
import type { HistoryOptions } from './history.ts';
import { titlesRequest } from './linked-titles.ts';
import { linkedKeys, tellHistory } from './tell-history.ts';

/**
 * Reads what happened to an archived task, as `readHistory` does of others.
 *
 * @throws DocketError `not_found`; `conflict` when another program has damaged its tree
 */
export function readArchivedHistory(
  scope: Scope,
  { key, all, limit }: HistoryOptions,
): Promise<HistoryAnswer> {
  return scope.store.read(async (db) => {
    const { tree, task, tasks: whole, archived } = await readArchivedTask(db, scope, key);
    const below = whole.filter((each) => each.key.startsWith(`${task.key}.`));
    const tasks = [task, ...(all ? below : [])] as const;
    const rowsOf = (table: string) => tasks.flatMap(({ id }) => ownRows(tree, table, id));
    const events = newestFirst(rowsOf('task_events').map(toTaskEvent));
    const shown = events.slice(0, limit);
    const [slugs, titles, at] = await ask(
      db,
      together(allSlugs(task.workspaceId), titlesRequest(linkedKeys(shown)), clock(db.dialect)),
    );
    const answer = tellHistory({
      ...{ tasks, events: shown, total: events.length, slugs, titles, at },
      notes: rowsOf('task_notes').map(toNote),
      runs: rowsOf('agent_runs').map(toRun),
      // A tree with a task that was moved from another key stays in the list.
      formerKeys: [],
    });
    return { ...answer, archived };
  });
}

/**
 * Reads the events of an archived task, as `readLog` does of others.
 *
 * @throws DocketError `not_found`; `conflict` when another program has damaged its tree
 */
export function readArchivedLog(
  scope: Scope,
  { key, limit }: { readonly key: string; readonly limit: number },
): Promise<LogAnswer> {
  return scope.store.read(async (db) => {
    const { tree, task, archived } = await readArchivedTask(db, scope, key);
    const events = newestFirst(ownRows(tree, 'task_events', task.id).map(toTaskEvent));
    const shown = events.slice(0, limit);
    const [titles, at] = await readAround(db, task, shown);
    return {
      events: shown.map(({ runId: _, ...event }) =>
        viewEvent({ ...event, key: task.key, title: task.title }),
      ),
      titles: Object.fromEntries(titles),
      total: Math.min(events.length, totalLimit),
      ...{ totalLimit, at, archived },
    };
  });
}

function readAround(db: Db, { key }: Task, events: Parameters<typeof linkedKeys>[0]) {
  const keys = [...containerKeys(key), ...linkedKeys(events)];
  return ask(db, together(titlesRequest(keys), clock(db.dialect)));
}
