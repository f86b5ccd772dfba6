import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaskView } from '../../../lib/model/answers/task.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { viewPast } from '../../../lib/tracker/past/as-of.ts';
import { diffLists } from '../../../lib/tracker/past/diff.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { viewTasks } from '../../../lib/tracker/view/task.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { anyStep, beginning, newWalkedList, type Step, seqOf, take } from './any-walk.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

test('a list with the changes between two moments is the list of the later one', async () => {
  const walks = fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' });
  const number = fc.noBias(fc.nat());
  const pairs = fc.array(fc.tuple(number, number), { minLength: 4, maxLength: 4 });
  await fc.assert(fc.asyncProperty(walks, pairs, walkAndCompare), {
    numRuns: Number(process.env.WALKS ?? 4),
    endOnFailure: true,
  });
});

async function walkAndCompare(
  walk: readonly Step[],
  pairs: readonly (readonly [number, number])[],
): Promise<void> {
  const list = await newWalkedList(store);
  const seen = new Map<number, readonly TaskView[]>();
  for (const step of [...beginning, ...walk]) {
    await take(list, step);
    seen.set(await seqOf(list), await viewAll(list));
  }
  const moments = [...seen.keys()];
  for (const pair of pairs) {
    const [from = 0, to = 0] = pair
      .map((each) => moments[each % moments.length] ?? 0)
      .sort((a, b) => a - b);
    const diff = await diffLists(list, { from: { event: from }, to: { event: to }, limit: 1_000 });
    const tasks = new Map((seen.get(from) ?? []).map((task) => [task.id, task]));
    for (const { before, after } of diff.tasks) {
      expect(before && inOrder(before)).toEqual(tasks.get(after.id) ?? null);
      tasks.set(after.id, inOrder(after));
    }
    expect([...tasks.values()].sort(byId), `from ${from} to ${to}`).toEqual(seen.get(to));
  }
}

/** Every task as answers show it, as far as it can be told later. */
async function viewAll(list: Scope): Promise<readonly TaskView[]> {
  const { db } = list.store;
  const tasks = [...(await readTasks(db, list.workspaceId)).values()];
  return (await viewTasks(db, list, tasks)).map(viewPast).map(inOrder).sort(byId);
}

/** In which order links were made, an event does not tell where they were taken away since. */
function inOrder(task: TaskView): TaskView {
  return { ...task, needs: task.needs.toSorted(), blockers: task.blockers.toSorted() };
}

function byId(one: TaskView, other: TaskView): number {
  return one.id < other.id ? -1 : 1;
}
