import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../../lib/model/connection.ts';
import { knownVersion } from '../../../lib/store/migrations/known-version.ts';
import { listAllInsights } from '../../../lib/tracker/insights/verbs.ts';
import { readLog, showTask } from '../../../lib/tracker/reads/lists.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, listRegistryEntries } from '../../../lib/tracker/registry/verbs.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { addTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { writeWorkspace } from '../../../lib/tracker/transaction/write-workspace.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { create, createContainer } from '../../conformance/agents/steps.ts';
import { createEmptyDatabase, isServer } from '../../conformance/database/test-database.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { type TestLists, useTestLists } from '../../conformance/test-lists.ts';
import type { Engine } from '../../engines/engines.ts';
import type { Operation } from './operation.ts';
import { bundleWorker, type Outcome, race, type WorkerPlan } from './processes.ts';
import { anyOperation, seededRandom } from './random-operation.ts';

/** Many processes at once on one list: nothing is done twice and nothing is lost. */
export function raceSuite(engine: Engine): void {
  const lists = useTestLists(engine, 'races');
  let worker: Awaited<ReturnType<typeof bundleWorker>> | undefined;

  beforeAll(async () => {
    worker = await bundleWorker();
  });
  afterAll(() => worker?.remove());

  /** Each list of operations in a process of its own; `w0`, `w1` ... */
  function raceOn(list: Scope, works: readonly (readonly Operation[])[]) {
    const plans = works.map((operations, index) => ({
      connection: lists.connection(),
      workspaceId: list.workspaceId,
      name: `w${index}`,
      operations,
    }));
    return race(worker?.file ?? '', plans);
  }

  test('16 processes that take the next task ten times each take 160 tasks', async () => {
    const list = await lists.list();
    await createMany(list, 200);
    const outcomes = await raceOn(
      list,
      times(16, () => times(10, () => ({ verb: 'claimNext' }))),
    );
    const won = outcomes.flatMap(({ results }) => results.flatMap(keysOf));
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    expect(won).toHaveLength(160);
    expect(new Set(won).size).toBe(160);
    const held = await holders(lists, list);
    for (const { name, results } of outcomes) {
      for (const key of results.flatMap(keysOf)) expect(held.get(key)).toBe(`${name}-session`);
    }
    expect(held.size).toBe(160);
  });

  test('of 16 processes that want the same ten tasks one gets each, and the rest are told who', async () => {
    const list = await lists.list();
    const keys = await createMany(list, 10);
    const outcomes = await raceOn(
      list,
      times(16, () => keys.map((key) => ({ verb: 'claim', key }))),
    );
    const won = outcomes.flatMap(({ results }) => results.flatMap(keysOf));
    expect([...won].sort()).toEqual([...keys].sort());
    const lost = outcomes.flatMap(errorsOf);
    expect(lost).toHaveLength(150);
    const held = await holders(lists, list);
    for (const { error, message } of lost) {
      const [, key = '', session] =
        /^(\S+) is claimed by w\d+@one#(\S+), (?:just now|\d+ min ago)$/.exec(message) ?? [];
      expect(error).toBe('already_claimed');
      expect(held.get(key)?.startsWith(session ?? 'nobody')).toBe(true);
    }
  });

  test('notes, creations and plans under one parent by eight processes are all there', async () => {
    const list = await lists.list();
    const key = await create(list, 'Noted');
    const parent = await createContainer(list, 1);
    const outcomes = await raceOn(
      list,
      times(8, (index) =>
        times(5, (round) => [
          { verb: 'note', key, text: `${index}/${round}` } as const,
          { verb: 'create', title: `${index}/${round}` } as const,
          { verb: 'plan', key: parent, titles: ['a', 'b'] } as const,
        ]).flat(),
      ),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    const { notes } = await showTask(list, key);
    expect(new Set(notes.map(({ text }) => text)).size).toBe(40);
    const { subtasks } = await showTask(list, parent);
    expect(subtasks.map((subtask) => subtask.key)).toEqual(
      times(81, (index) => `${parent}.${index + 1}`),
    );
    const tasks = await readTasks(lists.store().db, list.workspaceId);
    expect(tasks.size).toBe(2 + 81 + 40);
  });

  test('20 processes that make a plan once for each of three words make three plans', async () => {
    const list = await lists.list();
    const words = ['2026-10', '2026-11', '2026-12'];
    const outcomes = await raceOn(
      list,
      times(20, () => words.map((word) => ({ verb: 'planOnce', word }))),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    expect(outcomes.flatMap(({ results }) => results)).toHaveLength(60);
    const made = outcomes.flatMap(({ results }) => results.flatMap(keysOf));
    const tasks = await readTasks(lists.store().db, list.workspaceId);
    const plans = [...tasks.values()].filter(({ key }) => !key.includes('.'));
    expect(plans.map(({ key }) => key).sort()).toEqual(made.sort());
    expect([plans.length, tasks.size]).toEqual([3, 6]);
  });

  test('links from both ends close no cycle: one of each pair is refused', async () => {
    const list = await lists.list();
    const keys = await createMany(list, 20);
    const pairs = times(10, (index) => [keys[2 * index] ?? '', keys[2 * index + 1] ?? ''] as const);
    const outcomes = await raceOn(
      list,
      times(6, (index) =>
        pairs.map(([a, b]) =>
          index % 2 === 0
            ? { verb: 'link', key: a, target: b }
            : { verb: 'link', key: b, target: a },
        ),
      ),
    );
    const refused = outcomes.flatMap(errorsOf);
    expect(refused.map(({ error }) => error)).toEqual(refused.map(() => 'cycle'));
    expect(refused).toHaveLength(30);
    const tasks = await readTasks(lists.store().db, list.workspaceId);
    for (const [a, b] of pairs) {
      const links = [...tasks.values()].filter((task) => [a, b].includes(task.key));
      expect(links.map(({ needs }) => needs.length).sort()).toEqual([0, 1]);
    }
  });

  test('a container whose subtasks are closed by all at once is completed once', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 24);
    const after = await create(list, 'After', { needs: [key] });
    const outcomes = await raceOn(
      list,
      times(8, (index) =>
        times(3, (part) => `${key}.${index * 3 + part + 1}`).flatMap((subtask) => [
          { verb: 'claim', key: subtask } as const,
          { verb: 'close', key: subtask } as const,
        ]),
      ),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    expect((await showTask(list, key)).task.status).toBe('completed');
    expect((await showTask(list, after)).task.ready).toBe(true);
    const { events } = await readLog(list, { key, limit: 100 });
    expect(events.map(({ verb }) => verb)).toEqual(['completed', 'started', 'created']);
  });

  test('a client’s container whose subtasks are closed by all at once is billed once', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    const subtasks = times(16, (index) => ({ title: `Part ${index}`, billable_minutes: index }));
    const { task } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      billable: true,
      subtasks: [...subtasks],
    });
    const outcomes = await raceOn(
      list,
      times(8, (index) =>
        [1, 2].map((part) => ({ verb: 'close', key: `${task.key}.${index * 2 + part}` }) as const),
      ),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    const { workItem } = await showTask(list, task.key);
    expect(workItem).toMatchObject({ client: 'acme', billableMinutes: 120, archivedAt: null });
    const { events } = await readLog(list, { key: task.key, limit: 100 });
    expect(events.map(({ verb }) => verb)).toEqual(['billed', 'completed', 'started', 'created']);
  });

  test('what all report at once of a client’s plan is rolled up whole, billed once and learnt once', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme', minutes: 'proposed' });
    const subtasks = times(16, (index) => ({
      title: `Part ${index}`,
      task_type: 'testing' as const,
    }));
    const { task } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      billable: true,
      subtasks: [...subtasks],
    });
    const outcomes = await raceOn(
      list,
      times(8, (index) =>
        [1, 2].flatMap((part) => {
          const key = `${task.key}.${index * 2 + part}`;
          const report = {
            status: 'completed',
            outcome: 'done',
            files_created: [`${key}.md`, 'shared.md'],
            billable_minutes: 3,
            insights: ['The firewall drops ICMP'],
          };
          return [{ verb: 'claim', key } as const, { verb: 'report', key, report } as const];
        }),
      ),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    const { task: whole, workItem } = await showTask(list, task.key);
    expect(workItem).toMatchObject({ client: 'acme', billableMinutes: 48, archivedAt: null });
    expect(whole).toMatchObject({ status: 'completed', context: { subtasks_completed: 16 } });
    expect(whole.context.files_created).toHaveLength(17);
    const { insights } = await listAllInsights(list, { limit: 10 });
    expect(insights.map(({ text }) => text)).toEqual(['The firewall drops ICMP']);
  });

  test('of 12 that report on the same run at once one is taken, and the rest are told', async () => {
    const list = await lists.list();
    const [key = ''] = await createMany(list, 1);
    const { session: id, actor } = list.worker;
    const unknown = { processScope: null, processId: null, processStart: null, cwd: null };
    const session = { id, workspaceId: list.workspaceId, actor, host: 'one', ...unknown };
    await startSession(list.store, session);
    await claimTask(list, key);
    // Whose claim is stale, anybody may report for.
    await endSession(list.store, id, 'other');
    const report = { status: 'failed', outcome: 'no disk' };
    const outcomes = await raceOn(
      list,
      times(12, () => [{ verb: 'report', key, report }]),
    );
    const refused = outcomes.flatMap(errorsOf);
    expect(refused.map(({ error }) => error)).toEqual(times(11, () => 'not_running'));
    const { runs } = await listRuns(list, key);
    expect(runs.map(({ status }) => status)).toEqual(['failed']);
  });

  test('of 12 that make the same client at once one does, and the rest are told', async () => {
    const list = await lists.list();
    const outcomes = await raceOn(
      list,
      times(12, () => [{ verb: 'client', name: 'Acme Corp' }]),
    );
    const refused = outcomes.flatMap(errorsOf);
    expect(refused.map(({ error }) => error)).toEqual(times(11, () => 'conflict'));
    expect(await listRegistryEntries(list, clientVerbs)).toMatchObject([{ slug: 'acme-corp' }]);
  });

  test('of 20 that start on an empty database at once one migrates it', async (context) => {
    const name = `docketfirst${engine.name}`;
    const database = await createEmptyDatabase(engine, name);
    context.onTestFinished(() => database.drop());
    const plans = migrators(database.admin, 20);
    const outcomes = await race(worker?.file ?? '', plans);
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    expect(outcomes.flatMap(({ results }) => results.flatMap(keysOf))).toEqual(
      Array.from({ length: knownVersion }, (_, index) => String(index + 1)),
    );
  });

  if (!isServer(engine)) {
    test('20 first commands at once on a file that is not there all find it migrated', async (context) => {
      const database = await createEmptyDatabase(engine, 'docketfirstcommand');
      context.onTestFinished(() => database.drop());
      const rootCommit = randomUUID();
      const plans = times(
        20,
        (index): WorkerPlan => ({
          connection: database.everyday,
          workspaceId: randomUUID(),
          name: `w${index}`,
          operations: [{ verb: 'join', rootCommit, name: 'web' }],
        }),
      );
      const outcomes = await race(worker?.file ?? '', plans);
      expect(outcomes.flatMap(errorsOf)).toEqual([]);
      expect(new Set(outcomes.flatMap(({ results }) => results.flatMap(keysOf))).size).toBe(1);
    });
  }

  test('of 12 that set the same repository up at once one makes its list, and all join it', async () => {
    const list = await lists.list();
    const rootCommit = randomUUID();
    const outcomes = await raceOn(
      list,
      times(12, () => [{ verb: 'join', rootCommit, name: 'joined' }]),
    );
    expect(outcomes.flatMap(errorsOf)).toEqual([]);
    const ids = outcomes.flatMap(({ results }) => results.flatMap(keysOf));
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(1);
  });

  test('writers that are killed leave nothing half done, and the others go on', async () => {
    const list = await lists.list();
    const keys = await createMany(list, 12);
    const containers = [await createContainer(list, 4), await createContainer(list, 4)];
    const parts = containers.flatMap((key) => times(4, (index) => `${key}.${index + 1}`));
    const random = seededRandom(20261121);
    const pool = { keys: [...keys, ...parts], containers, random };
    const plans = times(8, (index): WorkerPlan => {
      const isDoomed = index % 2 === 1;
      return {
        connection: lists.connection(),
        workspaceId: list.workspaceId,
        name: `w${index}`,
        // Who is to be killed has more to do than there is time for.
        operations: times(isDoomed ? 500 : 25, () => anyOperation(pool)),
        death: isDoomed
          ? { afterResults: 1 + Math.floor(random() * 30), afterMilliseconds: random() * 20 }
          : undefined,
      };
    });
    const outcomes = await race(worker?.file ?? '', plans);
    expect(outcomes.filter(({ wasKilled }) => wasKilled)).toHaveLength(4);
    for (const { results, wasKilled } of outcomes) {
      if (!wasKilled) expect(results).toHaveLength(25);
    }
    const broken = ['unknown', 'internal', 'unreachable', 'contention', 'migration_due'];
    expect(outcomes.flatMap(errorsOf).filter(({ error }) => broken.includes(error))).toEqual([]);
    await expectKept(list, plans, outcomes);
    const [after] = await raceOn(list, [[{ verb: 'create', title: 'Life goes on' }]]);
    expect(after?.results.flatMap(keysOf)).toHaveLength(1);
  });
}

/** What a worker was told is done is there, also when it was killed a moment later. */
async function expectKept(
  list: Scope,
  plans: readonly WorkerPlan[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const { events } = await readLog(list, { limit: 10_000 });
  for (const [index, { results }] of outcomes.entries()) {
    for (const [number, result] of results.entries()) {
      const operation = plans[index]?.operations[number];
      if (operation?.verb === 'note' && 'keys' in result) {
        expect(events).toContainEqual(expect.objectContaining({ new: { note: result.keys[0] } }));
      }
      if (operation?.verb === 'create' && 'keys' in result) {
        expect(events).toContainEqual(
          expect.objectContaining({ verb: 'created', task: result.keys[0] }),
        );
      }
    }
  }
}

function migrators(connection: Connection, count: number): readonly WorkerPlan[] {
  return times(count, (index) => ({
    connection,
    workspaceId: randomUUID(),
    name: `w${index}`,
    migrates: true,
    operations: [],
  }));
}

/** Tasks of one transaction: a commit for each would take most of the test's time. */
async function createMany(list: Scope, count: number): Promise<readonly string[]> {
  return writeWorkspace(list, {}, async (write) => {
    const keys: string[] = [];
    for (let index = 0; index < count; index += 1) {
      keys.push((await addTask(write, { title: `Task ${index + 1}` })).key);
    }
    return keys;
  });
}

/** Who holds what, by key. */
async function holders(lists: TestLists, list: Scope): Promise<ReadonlyMap<string, string>> {
  const tasks = await readTasks(lists.store().db, list.workspaceId);
  return new Map(
    [...tasks.values()].flatMap(({ key, claim }) => (claim ? [[key, claim.session]] : [])),
  );
}

function keysOf(result: Outcome['results'][number]): readonly string[] {
  return 'keys' in result ? result.keys : [];
}

function errorsOf({ results }: Outcome) {
  return results.flatMap((result) => ('error' in result ? [result] : []));
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
