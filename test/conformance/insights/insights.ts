import { expect, test } from 'vitest';
import type { ReportAnswer } from '../../../lib/model/answers/run.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { insightOperations } from '../../../lib/operations/insight.ts';
import { describeAssignment } from '../../../lib/orchestrator/describe-assignment.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { insightsFor } from '../../../lib/tracker/insights/insights.ts';
import {
  addInsight,
  archiveInsight,
  changeInsight,
  listAllInsights,
  showInsight,
} from '../../../lib/tracker/insights/verbs.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import {
  clientVerbs,
  infrastructureVerbs,
  projectVerbs,
} from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

/** What agents learn and the next ones are told. */
export function insightsSuite(lists: TestLists): void {
  async function listWithClients(): Promise<Scope> {
    const list = await lists.list();
    for (const name of ['Acme', 'Globex']) await addRegistryEntry(list, clientVerbs, { name });
    await addRegistryEntry(list, projectVerbs, { name: 'Site', client: 'Acme' });
    for (const name of ['NAS 1', 'NAS 2'])
      await addRegistryEntry(list, infrastructureVerbs, { name });
    return list;
  }

  /** Claims a task and reports on it. */
  async function report(list: Scope, key: string, said: object): Promise<ReportAnswer> {
    await claimTask(list, key);
    const whole = { status: 'completed', outcome: 'Done', ...said };
    return recordReport(list, key, whole, { policy: makePolicy() });
  }

  async function known(list: Scope): Promise<readonly (readonly [string, string])[]> {
    const { insights } = await listAllInsights(list, { limit: 100 });
    return insights.map(({ subject, text }) => [subject, text] as const).reverse();
  }

  test('what a report says that lasts is kept with what is most specific', async () => {
    const list = await listWithClients();
    const acme = { client: 'Acme', task_type: 'research' } as const;
    const one = await createTask(list, { title: 'A', ...acme, infrastructure: ['NAS 1'] });
    const two = await createTask(list, {
      title: 'B',
      ...acme,
      project: 'Site',
      infrastructure: ['NAS 1', 'NAS 2'],
    });
    const bare = await createTask(list, { title: 'C', ...acme });
    await report(list, one.task.key, {
      insights: [' Runs Samba 4 '],
      issues_found: ['Clock drifts', { description: 'Disk is full', file: '/var' }, { odd: 1 }],
      blockers: ['No root password'],
    });
    await report(list, two.task.key, { insights: ['Two of them'] });
    await report(list, bare.task.key, { insights: ['Calls on Mondays', ''] });
    expect(await known(list)).toEqual([
      ['nas-1', 'Runs Samba 4'],
      ['nas-1', 'Clock drifts'],
      ['nas-1', 'Disk is full (/var)'],
      ['nas-1', '{"odd":1}'],
      ['nas-1', 'No root password'],
      ['site', 'Two of them'],
      ['acme', 'Calls on Mondays'],
    ]);
    const { events } = await readLog(list, { key: bare.task.key, limit: 10 });
    expect(events.map(({ verb }) => verb)).toContain('learned');
    const [insight] = (await listAllInsights(list, { limit: 1 })).insights;
    expect(insight).toMatchObject({
      about: 'client',
      subject: 'acme',
      task: bare.task.key,
      run: expect.any(String),
      createdBy: 'alice@one',
      archivedAt: null,
    });
  });

  test('a report on a task that is for nobody says how many insights are kept nowhere', async () => {
    const list = await listWithClients();
    const said = { insights: ['One', 'Two', ''], issues_found: ['Clock drifts'] };
    const { task } = await createTask(list, { title: 'A', task_type: 'research' });
    expect(await report(list, task.key, said)).toMatchObject({ insightsLost: 2 });
    const kept = await createTask(list, { title: 'B', task_type: 'research', client: 'Acme' });
    expect(await report(list, kept.task.key, said)).toMatchObject({ insightsLost: 0 });
    const named = await createTask(list, { title: 'C', task_type: 'research' });
    const about = { insights: [{ text: 'Three', subject: 'Acme' }, 'Four'] };
    expect(await report(list, named.task.key, about)).toMatchObject({ insightsLost: 1 });
  });

  test('a report may say what a fact is about, and a name that nothing has, or another client, stays in the text', async () => {
    const list = await listWithClients();
    const { task } = await createTask(list, {
      title: 'A',
      task_type: 'research',
      client: 'Acme',
      project: 'Site',
      infrastructure: ['NAS 1'],
    });
    await report(list, task.key, {
      insights: [
        { text: 'of the client', about: 'client' },
        { text: 'of the project', about: 'project' },
        { text: 'of the other NAS', about: 'infrastructure', subject: 'nas 2' },
        { text: 'of Globex', subject: 'Globex' },
        { text: 'answers slowly', subject: 'Mail host' },
        { text: 'no such client', about: 'client', subject: 'Site' },
      ],
    });
    expect(await known(list)).toEqual([
      ['acme', 'of the client'],
      ['site', 'of the project'],
      ['nas-2', 'of the other NAS'],
      ['nas-1', 'Globex: of Globex'],
      ['nas-1', 'Mail host: answers slowly'],
      ['nas-1', 'Site: no such client'],
    ]);
  });

  test('the same is kept once for each subject, also when it was archived', async () => {
    const list = await listWithClients();
    const acme = { client: 'Acme', task_type: 'research' } as const;
    const keys: string[] = [];
    for (const title of ['A', 'B', 'C']) {
      keys.push((await createTask(list, { title, ...acme })).task.key);
    }
    await report(list, keys[0] ?? '', { insights: ['Same', 'Same', 'same'] });
    await report(list, keys[1] ?? '', { insights: ['Same', { text: 'Same', subject: 'Globex' }] });
    expect(await known(list)).toEqual([
      ['acme', 'Same'],
      ['acme', 'same'],
      ['acme', 'Globex: Same'],
    ]);
    const { insights } = await listAllInsights(list, {
      about: { about: 'client', name: 'Acme' },
      limit: 10,
    });
    for (const { id } of insights) await archiveInsight(list, id);
    await report(list, keys[2] ?? '', { insights: ['Same'] });
    expect(await known(list)).toEqual([]);
  });

  test('issues of a review are of the work, and a task for nobody teaches nothing', async () => {
    const list = await listWithClients();
    const { task } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      subtasks: [{ title: 'Build' }, { title: 'Review', task_type: 'review', needs: [1] }],
    });
    await report(list, `${task.key}.1`, {});
    await report(list, `${task.key}.2`, {
      approval: 'rejected',
      issues_found: ['No tests'],
      insights: ['They want tests'],
    });
    const plain = await createTask(list, { title: 'Plain', task_type: 'research' });
    await report(list, plain.task.key, { insights: ['Lost'], issues_found: ['Too'] });
    expect(await known(list)).toEqual([['acme', 'They want tests']]);
  });

  test('whoever works next is told the newest twenty of the client, project and machines', async () => {
    const list = await listWithClients();
    const { task } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      project: 'Site',
      infrastructure: ['NAS 1', 'NAS 2'],
      subtasks: [{ title: 'Part' }],
    });
    const abouts = [
      { about: 'client', name: 'Acme' },
      { about: 'project', name: 'Site' },
      { about: 'infrastructure', name: 'NAS 1' },
      { about: 'infrastructure', name: 'NAS 2' },
    ] as const;
    for (let number = 0; number < 24; number += 1) {
      await addInsight(list, `Fact ${number}`, abouts[number % 4] ?? abouts[0]);
    }
    const off = await addInsight(list, 'Wrong', abouts[0]);
    await archiveInsight(list, off.id);
    await addInsight(list, 'Of another', { about: 'client', name: 'Globex' });
    const told = await insightsFor(list, `${task.key}.1`);
    const wanted = Array.from({ length: 20 }, (_, index) => `Fact ${23 - index}`);
    expect(told.map(({ text }) => text).sort()).toEqual(wanted.sort());
    await claimTask(list, `${task.key}.1`);
    const [run] = (await listRuns(list, `${task.key}.1`)).runs;
    if (run === undefined) throw new Error('the claim began no run');
    const { handOver } = await describeAssignment(list, { key: `${task.key}.1`, run });
    expect(handOver.insights).toEqual(told.map(({ subject, text }) => ({ subject, text })));
    const plain = await createTask(list, { title: 'Plain' });
    expect(await insightsFor(list, plain.task.key)).toEqual([]);
  });

  test('a fact is kept, found by its id, mended and taken out by hand', async () => {
    const list = await listWithClients();
    const about = { about: 'infrastructure', name: 'NAS 1' } as const;
    const made = await addInsight(list, ' Clock drifts ', about);
    expect(made).toMatchObject({ text: 'Clock drifts', subject: 'nas-1', task: null, run: null });
    expect(await showInsight(list, made.id)).toEqual(made);
    expect(await showInsight(list, made.id.slice(0, 23))).toEqual(made);
    await expect(addInsight(list, 'Clock drifts', about)).rejects.toMatchObject({
      code: 'conflict',
    });
    const other = await addInsight(list, 'Two disks', about);
    await expect(changeInsight(list, other.id, 'Clock drifts')).rejects.toMatchObject({
      code: 'conflict',
    });
    const changed = await changeInsight(list, made.id, 'Clock drifts by 2 s a day');
    expect(changed).toMatchObject({ id: made.id, text: 'Clock drifts by 2 s a day' });
    const archived = await archiveInsight(list, made.id);
    expect(archived.archivedAt).toMatch(/Z$/);
    expect((await listAllInsights(list, { about, limit: 10 })).total).toBe(1);
    expect((await listAllInsights(list, { about, limit: 10, withArchived: true })).total).toBe(2);
    const restored = await archiveInsight(list, made.id, { isRestored: true });
    expect(restored.archivedAt).toBeNull();
    const elsewhere = await lists.list();
    await expect(showInsight(elsewhere, made.id)).rejects.toMatchObject({ code: 'not_found' });
    for (const id of ['', "' OR 1=1", 'ffffffff-ffff', '%']) {
      await expect(showInsight(list, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const text of ['', '  ', 'nul\0', 'x'.repeat(65_537)]) {
      await expect(call(list, insightOperations.add, { text, ...about })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await expect(addInsight(list, 'x', { ...about, name: 'NAS 9' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
}
