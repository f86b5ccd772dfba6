import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { plan } from '../../../lib/operations/plan.ts';
import { readForAgent } from '../../../lib/tracker/agents/read-for-agent.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { addInsight } from '../../../lib/tracker/insights/verbs.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { clientVerbs, infrastructureVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimNext, claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create, need } from '../agents/steps.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

const policy = makePolicy();

/** A plan for a client, whose steps are numbered from `.1` on. */
async function openPlan(list: Scope): Promise<string> {
  const { task } = await call(list, plan, {
    title: 'API authentication',
    description: 'For the audit',
    task_context: { user_request: 'Secure the API' },
    client: 'Acme',
    infrastructure: ['NAS 1'],
    subtasks: [
      { title: 'Design', task_type: 'analysis' },
      { title: 'Code', subtasks: [{ title: 'Tables' }, { title: 'Routes' }] },
      { title: 'Review', task_type: 'review' },
    ],
  });
  return task.key;
}

async function openList(lists: TestLists): Promise<Scope> {
  const list = await lists.list();
  await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
  await addRegistryEntry(list, infrastructureVerbs, { name: 'NAS 1' });
  return list;
}

export function handOverSuite(lists: TestLists): void {
  test('a claim hands over the plan, what was done before, and what is known', async () => {
    const list = await openList(lists);
    const key = await openPlan(list);
    await addInsight(list, 'Pays late', { about: 'client', name: 'Acme' });
    await addInsight(list, 'Clock drifts', { about: 'infrastructure', name: 'NAS 1' });
    await claimTask(list, `${key}.1`);
    const report = {
      ...{ status: 'completed', outcome: 'Three tables', files_created: ['s.md'] },
      root_cause: 'none',
    };
    await recordReport(list, `${key}.1`, report, { policy });
    await claimTask(list, `${key}.2.1`);
    await closeTask(list, `${key}.2.1`, { outcome: 'Tables made' });
    await addNote(list, `${key}.2.2`, 'mind the clock');

    const { handOver, notes } = await claimTask(list, `${key}.2.2`);
    expect(handOver.partOf).toMatchObject([
      { key, title: 'API authentication', context: { user_request: 'Secure the API' } },
      { key: `${key}.2`, title: 'Code' },
    ]);
    expect(handOver.progress).toEqual({ done: 2, total: 4 });
    expect(handOver.before).toEqual([
      {
        ...{ key: `${key}.2.1`, title: 'Tables', outcome: 'Tables made', results: {} },
        isNeeded: true,
      },
      {
        ...{ key: `${key}.1`, title: 'Design', outcome: 'Three tables', isNeeded: false },
        results: { files_created: ['s.md'], root_cause: 'none' },
      },
    ]);
    expect(handOver.insights).toEqual([
      { subject: 'nas-1', text: 'Clock drifts' },
      { subject: 'acme', text: 'Pays late' },
    ]);
    expect(handOver.reportFields).toContain('tests_created');
    expect(notes.map(({ text }) => text)).toEqual(['mind the clock']);

    // Whoever looks, and the agent that is run, are told the same.
    expect((await showTask(list, `${key}.2.2`)).handOver).toEqual(handOver);
    expect((await readForAgent(list, `${key}.2.2`)).handOver).toEqual(handOver);
  });

  test('whoever does rejected work again is told the runs before', async () => {
    const list = await openList(lists);
    const key = await openPlan(list);
    for (const step of ['.1', '.2.1', '.2.2']) {
      await claimTask(list, `${key}${step}`);
      await closeTask(list, `${key}${step}`);
    }
    await claimTask(list, `${key}.3`);
    const rejection = { status: 'completed', approval: 'rejected', issues_found: ['No test'] };
    await recordReport(list, `${key}.3`, rejection, { policy });
    const { handOver, task } = await claimNext(list);
    expect(task.key).toBe(`${key}.2.1`);
    expect(task.context).toMatchObject({ issues_found: ['No test'] });
    expect(handOver.earlier).toMatchObject([{ status: 'completed', verdict: 'rejected' }]);
    expect(handOver.before.map(({ title }) => title)).toEqual(['Design']);
  });

  test('a step that is closed names no step as done before it that was done after it', async () => {
    const list = await openList(lists);
    const key = await openPlan(list);
    for (const step of ['.1', '.2.1', '.2.2']) await closeTask(list, `${key}${step}`);
    const titlesOf = async (step: string) =>
      (await showTask(list, `${key}${step}`)).handOver.before.map(({ title }) => title);
    expect(await titlesOf('.1')).toEqual([]);
    expect(await titlesOf('.2.2')).toEqual(['Tables', 'Design']);
  });

  test('a task by itself has little to hand over, and of what it needs only what is done', async () => {
    const list = await lists.list();
    const [first, second, third] = [
      await create(list, 'First'),
      await create(list, 'Second'),
      await create(list, 'Third'),
    ];
    await need(list, third, first);
    await need(list, third, second);
    await closeTask(list, first, { outcome: 'done' });
    const { handOver } = await showTask(list, third);
    expect(handOver).toMatchObject({ partOf: [], progress: null, insights: [], earlier: [] });
    expect(handOver.before.map(({ key }) => key)).toEqual([first]);
  });

  test('lists and the history name the plan of a step and the title of a task', async () => {
    const list = await openList(lists);
    const key = await openPlan(list);
    const { task, relations } = await showTask(list, `${key}.2`);
    expect(task).toMatchObject({ parent: key, parentTitle: 'API authentication' });
    expect(relations).toEqual([
      { type: 'blocks', key: `${key}.1`, title: 'Design', status: 'pending' },
    ]);
    const { events } = await readLog(list, { key: `${key}.2`, limit: 1 });
    expect(events[0]).toMatchObject({ task: `${key}.2`, title: 'Code' });
  });
}
