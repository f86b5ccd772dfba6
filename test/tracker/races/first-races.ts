import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Connection } from '../../../lib/model/connection.ts';
import { knownVersion } from '../../../lib/store/migrations/known-version.ts';
import { createEmptyDatabase, isServer } from '../../conformance/database/test-database.ts';
import type { WorkerPlan } from './processes.ts';
import { errorsOf, keysOf, type RaceStage, times } from './race-stage.ts';

/** Races of those who come first to a database or a repository. */
export function firstRaces({ engine, lists, race, raceOn }: RaceStage): void {
  test('of 20 that start on an empty database at once one migrates it', async (context) => {
    const name = `docketfirst${engine.name}`;
    const database = await createEmptyDatabase(engine, name);
    context.onTestFinished(() => database.drop());
    const plans = migrators(database.admin, 20);
    const outcomes = await race(plans);
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
      const outcomes = await race(plans);
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
