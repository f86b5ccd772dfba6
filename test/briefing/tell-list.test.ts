import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../lib/store/contract.ts';
import { openSqlite } from '../../lib/store/sqlite/driver.ts';
import { translateErrors } from '../../lib/tracker/database/translate-errors.ts';
import { anyDraft, toOperation } from '../tracker/reference/any-operation.ts';
import { type LineKind, nothingRead, type ReadList, read } from './reading-model.ts';
import { partOf, type Update, type WatchedList, watchedList } from './watched-list.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

const worker = fc.constantFrom('alice', 'helper', 'bob', 'bob', 'carol', 'carol');
const number = fc.noBias(fc.nat({ max: 60 }));

/** Titles are now and then so long that not all of them fit into a list. */
const title = fc
  .tuple(fc.nat({ max: 99 }), fc.constantFrom('', '', '', ` ${'long '.repeat(22)}x`))
  .map(([count, rest]) => `Task ${count}${rest}`);

const anyStep = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('verb'), worker, draft: anyDraft, title, number }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('update'),
      ...{ worker, number, title, priority: fc.constantFrom(0, 1, 2, 3, 4) },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('session'),
      ...{ name: fc.constantFrom('bob', 'carol'), isEnded: fc.boolean() },
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('note'), worker, number }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('prompt') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('compact') }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** More walks are other walks. */
const walks =
  process.env.WALKS === undefined
    ? { numRuns: 50, seed: 12 }
    : { numRuns: Number(process.env.WALKS) };

const steps = fc.array(anyStep, { minLength: 20, maxLength: 60, size: 'max' });

async function play(all: readonly Step[], skipped?: LineKind): Promise<Counts> {
  if (store === undefined) throw new Error('there is no database');
  const reader = nothingRead();
  const list = await watchedList(store, reader);
  const counts = { changes: 0, wholes: 0, silences: 0 };
  for (let count = 0; count < 12; count += 1) {
    await list.does('bob', { verb: 'create', title: `First ${count}` });
  }
  await list.does('bob', { verb: 'plan', key: '', titles: ['Design', 'Code', 'Test'] });
  read(reader, await list.begin());
  for (const step of all) {
    if (step.kind === 'compact') read(reader, await list.begin());
    else if (step.kind !== 'prompt') await change(list, step);
    else {
      const { told, whole } = await list.prompt();
      if (told === undefined) counts.silences += 1;
      else if (told === whole) counts.wholes += 1;
      else counts.changes += 1;
      if (told !== undefined && told !== whole) expect(told.length).toBeLessThan(whole.length);
      read(reader, told, skipped);
      await compare(list, reader, whole);
      expect((await list.prompt()).told, 'a change is told once').toBeUndefined();
    }
  }
  return counts;
}

interface Counts {
  readonly changes: number;
  readonly wholes: number;
  readonly silences: number;
}

async function change(list: WatchedList, step: Step): Promise<void> {
  if (step.kind === 'session') return list.changeSession(step.name, step.isEnded);
  if (step.kind === 'note') {
    const held = await list.held();
    if (held.length === 0) return;
    const noted = held[step.number % held.length] ?? '';
    return list.does(step.worker, { verb: 'note', key: noted, text: `found ${step.number}` });
  }
  const key = list.keys[step.kind === 'update' ? step.number % list.keys.length : 0] ?? '';
  if (step.kind === 'update') {
    const update = { verb: 'update', key, title: step.title, priority: step.priority } as Update;
    return list.does(step.worker, update);
  }
  if (step.kind !== 'verb') return;
  const operation = toOperation(step.draft, list.keys);
  if (operation === undefined) return;
  const texts = {
    ...('title' in operation ? { title: step.title } : {}),
    ...('text' in operation ? { text: `found ${step.number}` } : {}),
    ...('reason' in operation ? { reason: `waits for ${step.number}` } : {}),
  };
  await list.does(step.worker, { ...operation, ...texts });
}

/** What has been read must be what the whole list would say now, and nothing else may be open. */
async function compare(list: WatchedList, reader: ReadList, whole: string): Promise<void> {
  const expected = nothingRead();
  read(expected, whole);
  for (const [key, task] of expected.tasks)
    expect([key, reader.tasks.get(key)]).toEqual([key, task]);
  for (const [key, plan] of expected.plans)
    expect([key, reader.plans.get(key)]).toEqual([key, plan]);
  for (const [key, { part, title: known }] of reader.tasks) {
    const now = await list.stored(key);
    const is = part === 'abandoned' ? 'claimed' : part;
    expect([key, is, known]).toEqual([key, now && partOf(now), now?.title]);
  }
}

test('what a session was told, prompt by prompt, is what the whole list says', async () => {
  const total = { changes: 0, wholes: 0, silences: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const counts = await play(all);
      total.changes += counts.changes;
      total.wholes += counts.wholes;
      total.silences += counts.silences;
    }),
    walks,
  );
  expect(total.changes).toBeGreaterThan(total.wholes);
  expect(total.silences).toBeGreaterThan(0);
});

test.for(['claimed', 'abandoned', 'blocked', 'ready', 'closed', 'noted', 'changed'] as const)(
  'a reader who skips what is told as %s is found to be wrong',
  async (skipped) => {
    const property = fc.asyncProperty(steps, async (all) => {
      await play(all, skipped);
    });
    const { failed } = await fc.check(property, { numRuns: 100, seed: 12, endOnFailure: true });
    expect(failed).toBe(true);
  },
);
