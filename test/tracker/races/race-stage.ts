import { afterAll, beforeAll } from 'vitest';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { addTask } from '../../../lib/tracker/tasks/create.ts';
import { writeWorkspace } from '../../../lib/tracker/transaction/write-workspace.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { type TestLists, useTestLists } from '../../conformance/test-lists.ts';
import type { Engine } from '../../engines/engines.ts';
import type { Operation } from './operation.ts';
import { bundleWorker, type Outcome, race, type WorkerPlan } from './processes.ts';
/** What a suite of races works on. */
export interface RaceStage {
  readonly engine: Engine;
  readonly lists: TestLists;
  /** Runs each list of operations in a process of its own; `w0`, `w1` ... */
  raceOn(list: Scope, works: readonly (readonly Operation[])[]): Promise<readonly Outcome[]>;
  /** Runs each plan in a process of its own. */
  race(plans: readonly WorkerPlan[]): Promise<readonly Outcome[]>;
}

/** Makes the worker that the races of an engine share, and its lists. */
export function useRaces(engine: Engine): RaceStage {
  const lists = useTestLists(engine, 'races');
  let worker: Awaited<ReturnType<typeof bundleWorker>> | undefined;
  beforeAll(async () => {
    worker = await bundleWorker();
  });
  afterAll(() => worker?.remove());
  const run = (plans: readonly WorkerPlan[]) => race(worker?.file ?? '', plans);
  return {
    engine,
    lists,
    race: run,
    raceOn: (list, works) =>
      run(
        works.map((operations, index) => ({
          connection: lists.connection(),
          workspaceId: list.workspaceId,
          name: `w${index}`,
          operations,
        })),
      ),
  };
}

/** Tasks of one transaction: a commit for each would take most of the test's time. */
export async function createMany(list: Scope, count: number): Promise<readonly string[]> {
  return writeWorkspace(list, {}, async (write) => {
    const keys: string[] = [];
    for (let index = 0; index < count; index += 1) {
      keys.push((await addTask(write, { title: `Task ${index + 1}` })).key);
    }
    return keys;
  });
}

/** Who holds what, by key. */
export async function holders(lists: TestLists, list: Scope): Promise<ReadonlyMap<string, string>> {
  const tasks = await readTasks(lists.store().db, list.workspaceId);
  return new Map(
    [...tasks.values()].flatMap(({ key, claim }) => (claim ? [[key, claim.session]] : [])),
  );
}

/** The keys that an operation gave. */
export function keysOf(result: Outcome['results'][number]): readonly string[] {
  return 'keys' in result ? result.keys : [];
}

/** The operations of a process that were refused. */
export function errorsOf({ results }: Outcome) {
  return results.flatMap((result) => ('error' in result ? [result] : []));
}

/** A list with what `make` gives for each index. */
export function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
