import type { HistoryAnswer } from '../../model/answers/history.ts';
import {
  allSlugs,
  countEventsOfTasks,
  eventsOfTasks,
  formerKeysOf,
} from '../../store/queries/history.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { dependenciesOfKeys } from '../../store/tables/dependencies.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import { totalLimit } from '../reads/lists.ts';
import type { Scope } from '../scope.ts';
import { findTaskWith } from '../view/find.ts';
import { titlesRequest } from './linked-titles.ts';
import { linkedKeys, tellHistory } from './tell-history.ts';

export interface HistoryOptions {
  readonly key: string;
  /** Whether it tells of everything below the task as well. */
  readonly all: boolean;
  readonly limit: number;
}

/**
 * Reads what happened to a task, and with `all` to everything below it now: each event with what it
 * changed, the note that it added and the run that it began or ended. Events belong to the task, so
 * that they are there whatever key it had.
 *
 * @throws DocketError `not_found`, `archived`, `ambiguous_key`
 */
export function readHistory(
  scope: Scope,
  { key, all, limit }: HistoryOptions,
): Promise<HistoryAnswer> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const { task, more: below } = await findTaskWith(db, {
      workspaceId,
      text: key,
      more: tasksBelow,
    });
    const tasks = [task, ...(all ? below : [])] as const;
    const ids = tasks.map(({ id }) => id);
    const [events, total, notes, runs, formerKeys, slugs, links, at] = await ask(
      db,
      together(
        eventsOfTasks(ids, limit),
        countEventsOfTasks(ids, totalLimit),
        notesOf(ids),
        runsOf(db.dialect, ids),
        formerKeysOf([task.id]),
        allSlugs(task.workspaceId),
        dependenciesOfKeys(tasks.map((each) => each.key)),
        clock(db.dialect),
      ),
    );
    const linked = new Map(links.map((link) => [link.key, link.title]));
    // What is linked no more, or archived, is asked for by its key.
    const others = linkedKeys(events).filter((other) => !linked.has(other));
    const further = await ask(db, titlesRequest(others));
    return tellHistory({
      ...{ tasks, events, total, notes, runs, slugs, at },
      formerKeys: formerKeys.map((each) => each.key),
      titles: new Map([...linked, ...further]),
    });
  });
}
