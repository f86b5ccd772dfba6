import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSlug } from '../../../lib/model/key.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { rebuildLists } from '../../../lib/tracker/past/rebuild.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import { infrastructureVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { anyStep, type Step, take } from './any-walk.ts';
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

const beginning: readonly Step[] = (
  [
    ['create', 0],
    ['plan', 0],
    ['plan', 1],
    ['create', 0],
    ['plan', 5],
  ] as const
).map(([verb, first]) => ({
  kind: 'verb',
  draft: { worker: 'alice', verb, first, second: 0, flag: false },
}));

async function walkAndTell(walk: readonly Step[]): Promise<void> {
  const list = await newList();
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

async function newList(): Promise<Scope> {
  if (store === undefined) throw new Error('there is no database');
  const list = scopeOf(store, randomUUID());
  const { workspaceId: id } = list;
  await ensureWorkspace(store, { id, slug: makeSlug(id) }, 'alice@one');
  await ensureRegistryEntries(list, { client: 'Acme', project: 'Site' });
  await ensureRegistryEntries(list, { client: 'Globex' });
  for (const name of ['nas', 'router']) await addRegistryEntry(list, infrastructureVerbs, { name });
  return list;
}

async function seqOf({ store: { db }, workspaceId }: Scope): Promise<number> {
  const [row] = await db.query('SELECT seq FROM workspaces WHERE id = ?', [workspaceId]);
  return Number(row?.seq);
}
