import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocketError } from '../../../lib/model/errors.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { findTask } from '../../../lib/tracker/view/find.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { as } from '../../conformance/test-lists.ts';
import { perform } from '../races/operation.ts';
import { anyDraft, toOperation } from './any-operation.ts';
import { newBilledList } from './billed-list.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

const worker = fc.constantFrom('alice' as const, 'bob' as const);
const number = fc.noBias(fc.nat({ max: 60 }));
const anyStep = fc.oneof(
  { weight: 4, arbitrary: anyDraft.map((draft) => ({ kind: 'verb' as const, draft })) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      worker,
      number,
      /** Sometimes no task, which is the top. */
      target: fc.option(number, { freq: 4 }),
      isFormer: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), worker }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

const beginning: readonly Step[] = (
  [
    ['create', 0],
    ['plan', 0],
    ['create', 0],
    ['plan', 1],
    ['create', 0],
  ] as const
).map(([verb, first]) => ({
  kind: 'verb',
  draft: { worker: 'alice', verb, first, second: 0, flag: false },
}));

test('after any moves a list holds together, and each key that a task ever had finds it', async () => {
  const walks = fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(walks, async (walk) => {
      const list = await newBilledList(store);
      const { db } = list.store;
      /** Every key that was ever seen, with the id of its task. */
      const seen = new Map<string, string>();
      for (const step of [...beginning, ...walk]) {
        moved += (await take(list, step, [...seen.keys()].sort())) ? 1 : 0;
        expect(await findViolations(db, list.workspaceId), JSON.stringify(step)).toEqual([]);
        for (const { id, key } of (await readTasks(db, list.workspaceId)).values()) {
          expect(seen.get(key) ?? id, `${key} was given again`).toBe(id);
          seen.set(key, id);
        }
      }
      for (const [key, id] of seen) {
        expect((await findTask(db, list.workspaceId, key)).id, key).toBe(id);
      }
    }),
    { numRuns: Number(process.env.WALKS ?? 30) },
  );
  expect(moved).toBeGreaterThan(10);
}, 60_000);

/** Takes a step, and tells whether it moved a task. What docket refuses changes nothing. */
async function take(list: Scope, step: Step, seen: readonly string[]): Promise<boolean> {
  const { db } = list.store;
  const keys = [...(await readTasks(db, list.workspaceId)).values()].map(({ key }) => key).sort();
  if (step.kind === 'verb') {
    const operation = toOperation(step.draft, keys);
    const result = operation && (await perform(as(list, step.draft.worker), operation));
    expect(result && 'error' in result ? result.error : '').not.toBe('unknown');
    return false;
  }
  const scope = as(list, step.worker);
  try {
    if (step.kind === 'undo') {
      await undoLast(scope);
      return false;
    }
    const from = step.isFormer ? seen : keys;
    const key = from[step.number % from.length] ?? '';
    const parent = step.target === null ? '' : (keys[step.target % keys.length] ?? '');
    return (await updateTask(scope, key, { patch: {}, parent })).moved !== null;
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    expect([
      'conflict',
      'cycle',
      'invalid_transition',
      'already_claimed',
      'not_claimed',
      'not_found',
    ]).toContain(error.code);
    return false;
  }
}
