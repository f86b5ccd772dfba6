import { expect, test } from 'vitest';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { listRegistryEntries } from '../../../lib/tracker/registry/verbs.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { createMany, errorsOf, holders, keysOf, type RaceStage, times } from './race-stage.ts';

/** Races for what only one may get. */
export function claimRaces({ lists, raceOn }: RaceStage): void {
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
}
