import { expect, test } from 'vitest';
import { listAllInsights } from '../../../lib/tracker/insights/verbs.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { create, createContainer } from '../../conformance/agents/steps.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { createMany, errorsOf, keysOf, type RaceStage, times } from './race-stage.ts';

const billedWhole = { title: 'Whole', client: 'Acme', billable: true } as const;

/** Races of what stands under one parent, or depends on each other. */
export function treeRaces({ lists, raceOn }: RaceStage): void {
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
    const { task } = await createPlan(list, { ...billedWhole, subtasks: [...subtasks] });
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
    const { task } = await createPlan(list, { ...billedWhole, subtasks: [...subtasks] });
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
}
