import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocketError } from '../../../lib/model/errors.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { updateFields } from '../../conformance/tasks/update-fields.ts';
import { as } from '../../conformance/test-lists.ts';
import { perform } from '../races/operation.ts';
import { anyDraft, toOperation } from '../reference/any-operation.ts';
import { newBilledList } from '../reference/billed-list.ts';
import { visibleList } from './visible-list.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

const worker = fc.constantFrom('alice' as const, 'bob' as const);
const anyStep = fc.oneof(
  { weight: 4, arbitrary: anyDraft.map((draft) => ({ kind: 'verb' as const, draft })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      worker,
      number: fc.noBias(fc.nat({ max: 60 })),
      patch: fc.record(
        {
          title: fc.constantFrom('Old', 'New'),
          priority: fc.constantFrom(0 as const, 2 as const),
          outcome: fc.constantFrom('as said', 'as corrected'),
          billable_minutes: fc.constantFrom(null, 0, 12),
          due: fc.constantFrom(null, '2400-01-01T00:00:00.000Z', '2400-01-02T00:00:00.000Z'),
          not_before: fc.constantFrom(
            null,
            '2000-01-01T00:00:00.000Z',
            '2400-01-01T00:00:00.000Z',
            '2400-01-02T00:00:00.000Z',
          ),
          labels: fc.constantFrom<string[]>(['one'], ['two', 'three']),
          unlabel: fc.constantFrom<'all' | string[]>('all', ['one']),
        },
        { requiredKeys: [] },
      ),
    }),
  },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

test('a verb that is undone leaves the list as it was before', async () => {
  const steps = fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.boolean()), async (walk, keeps) => {
      const list = await newBilledList(store);
      for (const step of [...beginning, ...walk]) {
        const before = await visibleList(list.store.db, list.workspaceId);
        const scope = await take(list, step);
        if (scope === undefined) continue;
        const after = await visibleList(list.store.db, list.workspaceId);
        const isUndone = await undo(scope);
        expect(await findViolations(list.store.db, list.workspaceId)).toEqual([]);
        const now = await visibleList(list.store.db, list.workspaceId);
        expect(now, JSON.stringify(step)).toEqual(isUndone ? before : after);
        if (isUndone && keeps.next().value) await take(list, step);
      }
    }),
    { numRuns: Number(process.env.WALKS ?? 40) },
  );
});

test('undo after undo goes back to the beginning', async () => {
  const steps = fc.array(anyStep, { minLength: 5, maxLength: 25, size: 'max' });
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      const list = await newBilledList(store);
      const alice = as(list, 'alice');
      for (const step of beginning) await take(list, step);
      const lists = [await visibleList(list.store.db, list.workspaceId)];
      for (const step of walk) {
        if (await take(list, byAlice(step))) {
          lists.push(await visibleList(list.store.db, list.workspaceId));
        }
      }
      while (lists.length > 1 && (await undo(alice))) {
        lists.pop();
        expect(await visibleList(list.store.db, list.workspaceId)).toEqual(lists.at(-1));
      }
      expect(await findViolations(list.store.db, list.workspaceId)).toEqual([]);
    }),
    { numRuns: Number(process.env.WALKS ?? 30) },
  );
});

test('a container that was begun without an event of its own is as it was before', async () => {
  const list = await newBilledList(store);
  const alice = as(list, 'alice');
  for (const step of beginning) await take(list, step);
  const keys = [...(await readTasks(list.store.db, list.workspaceId)).values()]
    .map(({ key }) => key)
    .filter((key) => key.split('.').length === 3);
  expect(keys).toHaveLength(2);
  const [one = '', two = ''] = keys;
  await perform(alice, { verb: 'block', key: one, reason: 'the vendor' });
  await perform(alice, { verb: 'block', key: two, reason: 'the vendor' });
  const before = await visibleList(list.store.db, list.workspaceId);
  await perform(alice, { verb: 'close', key: one, all: false });
  expect(await undo(alice)).toBe(true);
  expect(await visibleList(list.store.db, list.workspaceId)).toEqual(before);
});

function byAlice(step: Step): Step {
  return step.kind === 'verb'
    ? { ...step, draft: { ...step.draft, worker: 'alice' } }
    : { ...step, worker: 'alice' };
}

/** Two trees, one of them of three levels, and a task beside them. */
const beginning: readonly Step[] = (
  [
    ['create', 0],
    ['plan', 0],
    ['plan', 1],
    ['create', 0],
  ] as const
).map(([verb, first]) => ({
  kind: 'verb',
  draft: { worker: 'alice', verb, first, second: 0, flag: false },
}));

/** What cannot be undone, with what the refusal says. */
const refusals = /and notes stay|has become a container with|has subtasks since|needs .* by now/;

/** Undoes the last verb, and tells whether it had an inverse. */
async function undo(scope: Scope): Promise<boolean> {
  try {
    await undoLast(scope);
    return true;
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    expect([error.code, error.message]).toEqual(['conflict', expect.stringMatching(refusals)]);
    return false;
  }
}

/** Takes a step, and gives who has changed something by it. */
async function take(list: Scope, step: Step): Promise<Scope | undefined> {
  const { db } = list.store;
  // In the order in which they were made: keys are random, and a walk must find the same tasks again.
  const keys = [...(await readTasks(db, list.workspaceId)).values()].map(({ key }) => key);
  const before = await countEvents(list);
  const scope = as(list, step.kind === 'verb' ? step.draft.worker : step.worker);
  if (step.kind === 'verb') {
    const operation = toOperation(step.draft, keys);
    if (operation !== undefined) await perform(scope, operation);
  } else {
    const key = keys[step.number % keys.length];
    if (key !== undefined) await updateFields(scope, key, step.patch).catch(() => undefined);
  }
  return (await countEvents(list)) === before ? undefined : scope;
}

async function countEvents({ store: { db }, workspaceId }: Scope): Promise<number> {
  const [row] = await db.query('SELECT seq FROM workspaces WHERE id = ?', [workspaceId]);
  return Number(row?.seq);
}
