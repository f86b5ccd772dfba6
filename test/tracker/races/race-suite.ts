import { expect, test } from 'vitest';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { createContainer } from '../../conformance/agents/steps.ts';
import type { Engine } from '../../engines/engines.ts';
import { claimRaces } from './claim-races.ts';
import { firstRaces } from './first-races.ts';
import type { Outcome, WorkerPlan } from './processes.ts';
import { createMany, errorsOf, keysOf, times, useRaces } from './race-stage.ts';
import { anyOperation, seededRandom } from './random-operation.ts';
import { treeRaces } from './tree-races.ts';

/** Many processes at once on one list: nothing is done twice and nothing is lost. */
export function raceSuite(engine: Engine): void {
  const races = useRaces(engine);
  const { lists, race, raceOn } = races;
  claimRaces(races);
  treeRaces(races);
  firstRaces(races);

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
    const outcomes = await race(plans);
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
