import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSlug } from '../../../lib/model/key.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { as, scopeOf } from '../../conformance/test-lists.ts';
import { type Operation, perform, type Result } from '../races/operation.ts';
import { anyDraft, type Draft, toOperation } from './any-operation.ts';
import { ReferenceList } from './reference-list.ts';
import { isReady, isWaiting, type ReferenceTask, statusOf } from './reference-task.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

test('whatever several workers do, the list is what the design says', async () => {
  const drafts = fc.array(anyDraft, { minLength: 10, maxLength: 40, size: 'max' });
  await fc.assert(fc.asyncProperty(drafts, play), { numRuns: 200 });
});

/** Two trees, one of them of three levels, and a task beside them. */
const beginning: readonly Draft[] = [
  alices('create', 0),
  alices('plan', 0),
  alices('plan', 1),
  alices('create', 0),
  alices('plan', 5),
  alices('create', 0),
];

function alices(verb: 'create' | 'plan', first: number): Draft {
  return { worker: 'alice', verb, first, second: 0, flag: false };
}

/** Plays the operations on the real list and on the reference, and compares after each. */
async function play(drafts: readonly Draft[]): Promise<void> {
  if (store === undefined) throw new Error('there is no database');
  // Everything is billed, so that each step must leave the work items right, too.
  const mode = { mode: 'msp', client: 'Acme' } as const;
  const list = { ...scopeOf(store, randomUUID()), mode };
  await ensureWorkspace(
    store,
    { id: list.workspaceId, slug: makeSlug(list.workspaceId) },
    'alice@one',
  );
  await ensureRegistryEntries(list, { client: 'Acme' });
  const reference = new ReferenceList();
  for (const draft of [...beginning, ...drafts]) {
    const keys = reference.tasks.map(({ key }) => key);
    const operation = toOperation(draft, keys);
    if (operation === undefined) continue;
    const wereReady = new Set(reference.tasks.filter(isReady));
    const expected = reference.apply(`${draft.worker}-session`, operation);
    const result = await perform(as(list, draft.worker), operation);
    expect('error' in result ? result.error : 'done', JSON.stringify(operation)).toBe(expected);
    addCreated(reference, operation, result);
    await compare(list.workspaceId, reference);
    if ('keys' in result && result.nowReady !== undefined) {
      const freed = reference.tasks.filter(
        (task) => isReady(task) && !wereReady.has(task) && keys.includes(task.key),
      );
      const others = freed.map(({ key }) => key).filter((key) => key !== result.keys[0]);
      expect([...result.nowReady].sort()).toEqual(others.sort());
    }
  }
}

function addCreated(reference: ReferenceList, operation: Operation, result: Result): void {
  if ('error' in result) return;
  if (operation.verb !== 'create' && operation.verb !== 'plan') return;
  const parentKey = operation.verb === 'plan' ? operation.key : operation.parent;
  const parent = parentKey === undefined ? undefined : reference.find(parentKey);
  for (const key of result.keys) {
    if (!reference.tasks.some((task) => task.key === key)) reference.add(key, parent);
  }
}

async function compare(workspaceId: string, reference: ReferenceList): Promise<void> {
  if (store === undefined) return;
  expect(await findViolations(store.db, workspaceId)).toEqual([]);
  const stored = [...(await readTasks(store.db, workspaceId)).values()];
  expect(
    stored.map(({ key, status, queue, claim }) => [key, status, queue, claim?.session]).sort(byKey),
  ).toEqual(
    reference.tasks
      .map((task) => [task.key, statusOf(task), queueOf(task), task.holder])
      .sort(byKey),
  );
}

function queueOf(task: ReferenceTask): string {
  if (isReady(task)) return 'ready';
  if (isWaiting(task)) return 'waiting';
  const isListed = task.children.length === 0 && ['in_progress', 'blocked'].includes(task.status);
  return isListed ? task.status : 'none';
}

function byKey([a = '']: readonly unknown[], [b = '']: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}
