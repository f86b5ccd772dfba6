import { expect, test } from 'vitest';
import { lastWeeks } from '../../../lib/model/day.ts';
import type { TaskInput } from '../../../lib/model/task/input.ts';
import { readClock } from '../../../lib/store/sql/clock.ts';
import { readStats } from '../../../lib/tracker/reads/stats.ts';
import { clientVerbs, projectVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask, unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const minute = 60_000;
const week = 7 * 24 * 60 * minute;

/** A time as it is stored, so long before another. */
function before(at: string, milliseconds: number): string {
  const time = new Date(Date.parse(at) - milliseconds).toISOString();
  return time.replace('T', ' ').replace('Z', '');
}

interface Done {
  /** Minutes from the start to the completion, and of work. */
  readonly cycle: number;
  readonly active: number;
  /** Milliseconds since the completion. */
  readonly ago?: number;
  readonly agent?: string;
  readonly input?: Partial<TaskInput>;
}

/** A task as it looks when it was worked on and completed some time ago. */
async function complete(list: Scope, { cycle, active, ago = 0, agent, input }: Done) {
  const { task } = await createTask(list, { title: 'Done', ...input });
  await claim(list, task.key);
  await closeTask(list, task.key);
  const at = await readClock(list.store.db);
  const end = before(at, ago);
  const start = before(at, ago + cycle * minute);
  await list.store.db.run('UPDATE tasks SET started_at = ?, completed_at = ? WHERE id = ?', [
    start,
    end,
    task.id,
  ]);
  await list.store.db.run(
    'UPDATE agent_runs SET agent = ?, active_ms = ?, started_at = ?, finished_at = ? WHERE task_id = ?',
    [agent ?? '', active * minute, start, end, task.id],
  );
  return task.key;
}

/** Says that the only run of a task is a review, or was judged. */
async function judge(list: Scope, key: string, role: 'work' | 'review', verdict: string) {
  await list.store.db.run(
    `UPDATE agent_runs SET role = ?, verdict = ?
     WHERE task_id = (SELECT id FROM tasks WHERE task_key = ?)`,
    [role, verdict, key],
  );
}

export function statsSuite(lists: TestLists): void {
  test('times are measured by type and by agent, of leaves alone', async () => {
    const list = await lists.list();
    for (const [index, active] of [10, 20, 30].entries()) {
      await complete(list, { cycle: 60 * (index + 1), active, agent: 'Coding Agent' });
    }
    await complete(list, {
      cycle: 30,
      active: 5,
      agent: 'Explore Agent',
      input: { task_type: 'research' },
    });
    const container = await createContainer(list, 1);
    await closeTask(list, `${container}.1`);
    const stats = await readStats(list, { weeks: 2 });
    expect(stats.byType).toEqual([
      {
        type: 'implementation',
        tasks: 4,
        cycle: { count: 3, medianMinutes: 120, p90Minutes: 180 },
        active: { count: 3, medianMinutes: 20, p90Minutes: 30 },
      },
      {
        type: 'research',
        tasks: 1,
        cycle: { count: 1, medianMinutes: 30, p90Minutes: 30 },
        active: { count: 1, medianMinutes: 5, p90Minutes: 5 },
      },
    ]);
    expect(stats.all.tasks).toBe(5);
    expect(stats.byAgent.map(({ agent, tasks }) => [agent, tasks])).toEqual([
      ['Coding Agent', 3],
      ['', 1],
      ['Explore Agent', 1],
    ]);
    const research = await readStats(list, { weeks: 2, type: 'research' });
    expect(research.all).toMatchObject({ tasks: 1, active: { medianMinutes: 5 } });
    const coder = await readStats(list, { weeks: 2, agent: 'coding agent' });
    expect(coder.all).toMatchObject({ tasks: 3 });
    expect(coder.byAgent.map(({ agent }) => agent)).toEqual(['Coding Agent']);
    expect(coder.throughput.at(-1)?.completed).toBeLessThanOrEqual(3);
  });

  test('what is completed is counted in the week that it was, and older weeks are left out', async () => {
    const list = await lists.list();
    const ages = [0, week, week, 2 * week, 5 * week];
    for (const ago of ages) await complete(list, { cycle: 10, active: 1, ago });
    await cancelTask(list, await create(list, 'Not done'));
    const stats = await readStats(list, { weeks: 3 });
    expect(stats.throughput.map(({ completed }) => completed)).toEqual([1, 2, 1]);
    expect(stats.throughput.map((each) => each.week)).toEqual(
      lastWeeks(stats.at, 3, 'UTC').map(({ from }) => from),
    );
    expect(stats.from).toBe(stats.throughput[0]?.week);
    expect(stats.throughput.every(({ isAtLeast }) => !isAtLeast)).toBe(true);
    expect(stats.all.tasks).toBe(4);
    const agent = await readStats(list, { weeks: 3, agent: '' });
    expect(agent.throughput).toEqual(stats.throughput);
  });

  test('work is compared with what it was estimated at', async () => {
    const list = await lists.list();
    const estimate = (complexity: 'simple' | 'complex', minutes: number) => ({
      estimated_complexity: complexity,
      estimated_minutes: minutes,
    });
    await complete(list, { cycle: 60, active: 30, input: estimate('simple', 10) });
    await complete(list, { cycle: 60, active: 10, input: estimate('simple', 10) });
    await complete(list, { cycle: 60, active: 15, input: estimate('complex', 30) });
    await complete(list, { cycle: 60, active: 15 });
    expect((await readStats(list, { weeks: 1 })).estimates).toEqual([
      { complexity: 'simple', count: 2, medianRatio: 2 },
      { complexity: 'complex', count: 1, medianRatio: 0.5 },
    ]);
  });

  test('blocked time is summed up by reason, also that of a task that still is', async () => {
    const list = await lists.list();
    for (const [index, reason] of ['the vendor', 'The Vendor', 'a key'].entries()) {
      const key = await create(list, 'Blocked');
      await blockTask(list, key, { reason });
      if (index > 0) await unblockTask(list, key);
    }
    const at = await readClock(list.store.db);
    await list.store.db.run('UPDATE task_blocks SET started_at = ? WHERE workspace_id = ?', [
      before(at, 60 * minute),
      list.workspaceId,
    ]);
    const { blocked } = await readStats(list, { weeks: 2 });
    expect(blocked).toMatchObject({ count: 3, open: 1, otherReasons: 0 });
    expect(blocked.totalMinutes).toBeCloseTo(180, 0);
    expect(blocked.reasons.map(({ reason, count }) => [reason.toLowerCase(), count])).toEqual([
      ['the vendor', 2],
      ['a key', 1],
    ]);
    expect((await readStats(list, { weeks: 2, type: 'review' })).blocked.count).toBe(0);
    expect((await readStats(list, { weeks: 2, agent: 'Nobody' })).blocked.count).toBe(0);
  });

  test('reviews are counted by verdict, and work by how it was judged', async () => {
    const list = await lists.list();
    const input = { task_type: 'review' as const };
    for (const verdict of ['approved', 'approved', 'rejected']) {
      const key = await complete(list, { cycle: 5, active: 5, agent: 'Judge', input });
      await judge(list, key, 'review', verdict);
      const work = await complete(list, { cycle: 5, active: 5, agent: 'Coder' });
      await judge(list, work, 'work', verdict);
    }
    const { reviews, byAgent } = await readStats(list, { weeks: 2 });
    expect(reviews).toEqual({
      judged: 3,
      approved: 2,
      judgedFirst: 3,
      approvedFirst: 2,
      rounds: { tasks: 3, median: 1, p90: 1, most: 1 },
    });
    expect(byAgent.find(({ agent }) => agent === 'Coder')).toMatchObject({
      judged: 3,
      approved: 2,
    });
    expect((await readStats(list, { weeks: 2, type: 'testing' })).reviews.judged).toBe(0);
  });

  test('what is for a client or of a project is measured alone, and each beside the others', async () => {
    const list = await lists.list();
    for (const name of ['Acme', 'Umbrella']) await addRegistryEntry(list, clientVerbs, { name });
    await addRegistryEntry(list, projectVerbs, { name: 'Dashboard' });
    const ofAcme = { client: 'acme', project: 'dashboard' };
    for (const active of [10, 20]) await complete(list, { cycle: 60, active, input: ofAcme });
    await complete(list, { cycle: 60, active: 5, input: { client: 'umbrella' } });
    await complete(list, { cycle: 60, active: 7 });
    const { task } = await createTask(list, { title: 'Blocked', client: 'acme' });
    await blockTask(list, task.key, { reason: 'no access' });
    const all = await readStats(list, { weeks: 2 });
    expect(all.byClient.map(({ client, tasks }) => [client, tasks])).toEqual([
      ['acme', 2],
      ['umbrella', 1],
      [null, 1],
    ]);
    expect(all.byProject.map(({ project, tasks }) => [project, tasks])).toEqual([
      ['dashboard', 2],
      [null, 2],
    ]);
    const acme = await readStats(list, { weeks: 2, client: 'ACME' });
    expect(acme).toMatchObject({ client: 'acme', project: null, blocked: { count: 1 } });
    expect(acme.all).toMatchObject({ tasks: 2, active: { medianMinutes: 15 } });
    expect(acme.byAgent).toMatchObject([{ agent: '', tasks: 2 }]);
    const none = await readStats(list, { weeks: 2, project: '', limit: 1 });
    expect(none).toMatchObject({ project: '', all: { tasks: 1 }, blocked: { count: 1 } });
    expect(none.throughput.some(({ isAtLeast }) => isAtLeast)).toBe(true);
    const unknown = readStats(list, { weeks: 2, client: 'unknown' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });

  test('when there is more than is measured, the newest are, and it is said', async () => {
    const list = await lists.list();
    for (const [index, active] of [99, 99, 7, 8].entries()) {
      await complete(list, { cycle: 10, active, ago: (10 - index) * minute });
    }
    await blockTask(list, await create(list, 'Blocked'), { reason: 'x' });
    const stats = await readStats(list, { weeks: 2, limit: 2 });
    expect(stats.all).toMatchObject({ tasks: 2, active: { count: 2, medianMinutes: 7.5 } });
    expect(stats.samples).toEqual({
      limit: 2,
      tasks: { count: 2, isCut: true },
      runs: { count: 2, isCut: true },
      blocks: { count: 1, isCut: false },
    });
    expect(stats.throughput.reduce((sum, { completed }) => sum + completed, 0)).toBe(4);
    const agent = await readStats(list, { weeks: 2, limit: 2, agent: '' });
    expect(agent.throughput.some(({ isAtLeast }) => isAtLeast)).toBe(true);
    expect((await readStats(list, { weeks: 2, limit: 5 })).samples.tasks.isCut).toBe(false);
  });

  test('an empty list has nothing to measure, and another list’s tasks are not its', async () => {
    const [list, other] = [await lists.list('mine'), await lists.list('theirs')];
    await complete(other, { cycle: 5, active: 5 });
    const stats = await readStats(list, { weeks: 4 });
    expect(stats).toMatchObject({
      all: { tasks: 0, cycle: null, active: null },
      byType: [],
      byAgent: [],
      estimates: [],
      blocked: { count: 0 },
      reviews: { judged: 0 },
    });
    expect(stats.throughput.map(({ completed }) => completed)).toEqual([0, 0, 0, 0]);
  });
}
