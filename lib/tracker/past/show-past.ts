import type { PastTaskDetails } from '../../model/answers/past.ts';
import type { TaskDetail } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import type { PastMoment } from '../../model/task/moment.ts';
import type { Task } from '../../model/task/task.ts';
import { ask } from '../../store/sql/request.ts';
import { tasksByIds } from '../../store/tables/task-lookups.ts';
import { showTask } from '../reads/detail.ts';
import type { Scope } from '../scope.ts';
import { findTask } from '../view/find.ts';
import { requireArchived } from '../view/find-archived.ts';
import { tellAsOf, viewPast } from './as-of.ts';
import { copyDetails } from './copy-details.ts';
import { lookBackWithArchived } from './rebuild.ts';
import type { PastList } from './rebuilding.ts';

/**
 * Reads everything about some tasks as they were at a moment, each once: with the notes and the runs
 * that were there by then. A task is found by its key of then or of today.
 *
 * @throws DocketError `not_found`: no task, or one that was not there yet; `ambiguous_key`
 */
export async function showPast(
  scope: Scope,
  { moment, keys }: { readonly moment: PastMoment; readonly keys: readonly string[] },
): Promise<PastTaskDetails> {
  const [answer] = await lookBackWithArchived(scope, [moment], async (past) => {
    const found = new Map<string, TaskDetail>();
    for (const key of keys) {
      const detail = await showThen(scope, past, key);
      found.set(detail.task.id, detail);
    }
    const details = [...found.values()];
    const asOf = await tellAsOf(
      past,
      details.map(({ task }) => task),
    );
    return { details, asOf };
  });
  if (answer === undefined) throw new Error('a moment was asked for');
  return answer;
}

async function showThen(scope: Scope, past: PastList, key: string): Promise<TaskDetail> {
  const task = await findThen(scope, past, key);
  // What was in the archive already has not changed since.
  if (task === undefined) {
    const { showArchived } = await import('../archive/show-archived.ts');
    return showArchived(scope, key);
  }
  await copyDetails(scope, past, task.id);
  const detail = await showTask(past.scope, task.key);
  return {
    ...detail,
    task: viewPast(detail.task),
    subtasks: detail.subtasks.map(viewPast),
    // What would have been billed then, nobody knows.
    ...{ suggestedMinutes: null, heldMinutes: null, minutesFrom: [] },
  };
}

/** Finds a task as it was then; undefined when it was archived before. */
async function findThen(scope: Scope, past: PastList, key: string): Promise<Task | undefined> {
  const { workspaceId } = scope;
  try {
    return await findTask(past.scope.store.db, workspaceId, key);
  } catch (error) {
    if (!isDocketError(error, 'not_found')) throw error;
  }
  const now = await findNow(scope, key);
  const [task] = await ask(past.scope.store.db, tasksByIds([now.id]));
  if (task !== undefined) return task;
  if (now.archivedAt !== undefined && now.archivedAt <= past.at) return undefined;
  const isOfOther = now.workspaceId !== workspaceId;
  throw new DocketError(
    'not_found',
    `${now.key} ${isOfOther ? 'is of another list' : 'was not there yet'}`,
    { hint: `docket history ${now.key}` },
  );
}

/** Finds a task in today's list or the archive. @throws DocketError `not_found`, `ambiguous_key` */
function findNow(scope: Scope, key: string): Promise<FoundNow> {
  const { store, workspaceId } = scope;
  return store.read(async (db) => {
    try {
      return await findTask(db, workspaceId, key);
    } catch (error) {
      if (!isDocketError(error, 'archived')) throw error;
      return requireArchived(db, workspaceId, key);
    }
  });
}

type FoundNow = Pick<Task, 'id' | 'key' | 'workspaceId'> & { readonly archivedAt?: string };

function isDocketError(error: unknown, code: DocketError['code']): boolean {
  return error instanceof DocketError && error.code === code;
}
