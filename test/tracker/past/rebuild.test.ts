import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { rebuildLists } from '../../../lib/tracker/past/rebuild.ts';
import { anyStep, beginning, newWalkedList, type Step, seqOf, take } from './any-walk.ts';
import { listAsTold } from './list-as-told.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

test('the list after any verb can be told after all later ones', async () => {
  const walks = fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' });
  await fc.assert(fc.asyncProperty(walks, walkAndTell), {
    numRuns: Number(process.env.WALKS ?? 5),
    endOnFailure: true,
  });
});

async function walkAndTell(walk: readonly Step[]): Promise<void> {
  const list = await newWalkedList(store);
  const { db } = list.store;
  const told = new Map<number, { step: string; tasks: unknown }>();
  for (const step of [...beginning, ...walk]) {
    await take(list, step);
    const tasks = await listAsTold(db, list.workspaceId);
    told.set(await seqOf(list), { step: JSON.stringify(step), tasks });
  }
  const moments = [...told.keys()].map((event) => ({ event }));
  for (const past of await rebuildLists(list, moments)) {
    const { step, tasks } = told.get(past.seq) ?? {};
    const then = await listAsTold(past.scope.store.db, list.workspaceId);
    await past.close();
    expect(past.missing).toBe(0);
    expect(then, `after ${step}`).toEqual(tasks);
  }
}
