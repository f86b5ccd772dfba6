import { isDeepStrictEqual } from 'node:util';
import {
  type DiffAnswer,
  type DiffKind,
  diffKinds,
  type TaskDiff,
} from '../../model/answers/diff.ts';
import type { FieldChange } from '../../model/answers/history.ts';
import type { TaskView } from '../../model/answers/task.ts';
import type { PastMoment } from '../../model/task/moment.ts';
import { isClosed } from '../../model/task/status.ts';
import { insertAside, makeAside, viewsAside } from '../../store/queries/past-rows.ts';
import { pageOfTasks } from '../../store/queries/past-target.ts';
import { ask } from '../../store/sql/request.ts';
import type { Scope } from '../scope.ts';
import { viewRequest } from '../view/task.ts';
import { tellAsOf, viewPast } from './as-of.ts';
import { lookBackWithArchived } from './rebuild.ts';
import type { PastList } from './rebuilding.ts';

/** Tasks of both lists that are compared together. */
const pageSize = 500;

/**
 * Compares a list as it was at two moments. It is rebuilt once: at the later moment its views are put
 * aside, and once it has gone back to the earlier one, each is compared with how it was. A task that
 * was archived meanwhile is told as it went.
 *
 * @throws DocketError `invalid_input`: the first moment is after the second
 */
export async function diffLists(
  scope: Scope,
  {
    from,
    to,
    limit,
  }: { readonly from: PastMoment; readonly to: PastMoment; readonly limit: number },
): Promise<DiffAnswer> {
  let later: PastList | undefined;
  const [, answer] = await lookBackWithArchived(scope, [to, from], async (past) => {
    if (later !== undefined) return compare(past, later, limit);
    later = past;
    await putAside(past);
    return undefined;
  });
  if (answer === undefined) throw new Error('two moments were asked for');
  return answer;
}

/** Keeps how each task of a list is shown, by its id. */
async function putAside({ scope }: PastList): Promise<void> {
  const { db } = scope.store;
  await db.batch([makeAside]);
  for (let last = ''; ; ) {
    const page = await viewPage(scope, { after: last });
    if (page.length === 0) return;
    await db.batch(insertAside(page.map((task) => ({ id: task.id, view: JSON.stringify(task) }))));
    last = page.at(-1)?.id ?? '';
  }
}

async function compare(before: PastList, after: PastList, limit: number): Promise<DiffAnswer> {
  const { scope } = before;
  const counts = new Map<DiffKind, number>();
  const tasks: TaskDiff[] = [];
  let total = 0;
  let last = '';
  for (;;) {
    const page = await ask(scope.store.db, viewsAside(last, pageSize));
    const ids = page.map(({ id }) => id);
    if (ids.length === 0) break;
    const former = new Map((await viewPage(scope, { ids })).map((task) => [task.id, task]));
    for (const { id, view } of page) {
      const task = former.get(id);
      const was = task === undefined ? 'null' : JSON.stringify(task);
      if (was === view) continue;
      const diff = diffOf(JSON.parse(was), JSON.parse(view));
      if (diff === undefined) continue;
      total += 1;
      counts.set(diff.kind, (counts.get(diff.kind) ?? 0) + 1);
      tasks.push(diff);
    }
    // What nothing but the surroundings of changed is left out first.
    tasks.sort(inOrder).splice(limit);
    last = ids.at(-1) ?? '';
  }
  return {
    from: await tellAsOf(
      before,
      tasks.flatMap((task) => task.before ?? []),
    ),
    to: await tellAsOf(
      after,
      tasks.map((task) => task.after),
    ),
    tasks,
    counts: Object.fromEntries(counts),
    total,
  };
}

/** Views tasks of a list: those with some ids, or the next ones after an id. */
async function viewPage(
  scope: Scope,
  which: { readonly ids: readonly string[] } | { readonly after: string },
): Promise<readonly TaskView[]> {
  const { db } = scope.store;
  const tasks = await ask(db, pageOfTasks(which, pageSize));
  return (await ask(db, viewRequest(tasks, scope))).map(viewPast);
}

function inOrder(one: TaskDiff, other: TaskDiff): number {
  const [a, b] = [one, other].map(({ kind, after }) => [
    diffKinds.indexOf(kind),
    after.priority,
    after.createdAt,
    after.id,
  ]);
  for (const [index, value] of (a ?? []).entries()) {
    const against = b?.[index] ?? '';
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}

function diffOf(before: TaskView | null, after: TaskView): TaskDiff | undefined {
  const changes = before === null ? [] : changesOf(before, after);
  if (before !== null && changes.length === 0) return undefined;
  return { kind: kindOf(before, after, changes), before, after, changes };
}

/** Fields that follow from other tasks. */
const around: ReadonlySet<string> = new Set([
  ...['parentTitle', 'progress', 'blockers', 'ready', 'subtaskCount'],
]);

function kindOf(
  before: TaskView | null,
  after: TaskView,
  changes: readonly FieldChange[],
): DiffKind {
  const was = before?.status;
  if (after.status !== was && isClosed(after.status)) {
    return after.status === 'completed' ? 'completed' : 'cancelled';
  }
  if (before === null) return 'new';
  if (isClosed(before.status) && !isClosed(after.status)) return 'reopened';
  if (after.status === 'blocked' && was !== 'blocked') return 'blocked';
  if (!isDeepStrictEqual(before.claim, after.claim)) return after.claim ? 'claimed' : 'released';
  if (was === 'blocked' && after.status !== 'blocked') return 'unblocked';
  if (after.ready && !before.ready) return 'ready';
  if (before.ready && !after.ready) return 'waiting';
  if (before.key !== after.key) return 'moved';
  return changes.some(({ field }) => !around.has(field)) ? 'changed' : 'around';
}

function changesOf(before: TaskView, after: TaskView): FieldChange[] {
  const [was, is]: readonly Readonly<Record<string, unknown>>[] = [before, after];
  return Object.keys(after).flatMap((field) => {
    const [from, to] = [was?.[field], is?.[field]];
    if (isDeepStrictEqual(from, to)) return [];
    return field === 'context'
      ? contextChanges(before.context, after.context)
      : [{ field, from, to }];
  });
}

function contextChanges(before: TaskView['context'], after: TaskView['context']): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [from, to] = [before[name] ?? null, after[name] ?? null];
    return isDeepStrictEqual(from, to) ? [] : [{ field: `context.${name}`, from, to }];
  });
}
