import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { lookBack } from '../../../lib/tracker/past/rebuild.ts';
import {
  anyStepOrArchiving,
  archiveAll,
  beginning,
  newWalkedList,
  type Step,
  seqOf,
  take,
} from './any-walk.ts';
import { listAsTold } from './list-as-told.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

test('the list after any verb can be told after all later ones, and once all is archived', async () => {
  const walks = fc.array(anyStepOrArchiving, { minLength: 10, maxLength: 40, size: 'max' });
  await fc.assert(fc.asyncProperty(walks, walkAndTell), {
    numRuns: Number(process.env.WALKS ?? 3),
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
  await tellAgain();
  await archiveAll(list);
  await tellAgain();

  async function tellAgain() {
    for (const [event, { step, tasks }] of told) {
      const then = await lookBack(list, { event }, async ({ scope, missing, damaged }) => {
        expect([missing, damaged]).toEqual([0, []]);
        return listAsTold(scope.store.db, list.workspaceId);
      });
      expect(then, `after ${step}`).toEqual(tasks);
    }
  }
}
