import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../lib/model/errors.ts';
import { block } from '../../../lib/operations/block.ts';
import { cancel } from '../../../lib/operations/cancel.ts';
import { claim } from '../../../lib/operations/claim.ts';
import { close } from '../../../lib/operations/close.ts';
import { note } from '../../../lib/operations/note.ts';
import { release } from '../../../lib/operations/release.ts';
import { report } from '../../../lib/operations/report.ts';
import { unblock } from '../../../lib/operations/unblock.ts';
import { update } from '../../../lib/operations/update.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { create } from '../agents/steps.ts';
import { call } from '../call.ts';
import { as, type TestLists } from '../test-lists.ts';

/** The workers of one session, and who of them may have what. */
export function claimInSessionSuite(lists: TestLists): void {
  async function holderOf(list: Scope, key: string) {
    return (await showTask(list, key)).task.claim?.agent;
  }

  function refusal(holder: string) {
    const message = expect.stringContaining(`is claimed by ${holder} in this session, `);
    return { code: 'already_claimed', message };
  }

  test('a session claims for one agent, and another one is told who has it', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'alice' });
    await expect(call(list, claim, { task, agent: 'bob' })).rejects.toMatchObject({
      ...refusal('alice'),
      hint: expect.stringContaining(`docket claim ${task} --steal`),
    });
    await expect(call(list, claim, { task })).rejects.toMatchObject(refusal('alice'));
    expect(exitCodeOf('already_claimed')).toBe(4);
    expect((await showTask(list, task)).task).toMatchObject({
      assignedAgent: 'alice',
      claim: { agent: 'alice', session: 'alice-session' },
    });
  });

  test('what the session itself holds is no agent’s', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task });
    const held = refusal('the main agent');
    await expect(call(list, claim, { task, agent: 'bob' })).rejects.toMatchObject(held);
    await expect(call(as(list, 'alice', 'bob'), claim, { task })).rejects.toMatchObject({
      ...held,
      hint: expect.stringContaining('If it was claimed for you, go on with it'),
    });
  });

  test('the same name again changes nothing', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'alice' });
    const { revision } = (await showTask(list, task)).task;
    const same = { task: { revision } };
    expect(await call(list, claim, { task, agent: 'alice' })).toMatchObject(same);
    // A team-mate of that name goes on with what the session claimed for it.
    expect(await call(as(list, 'alice', 'alice'), claim, { task })).toMatchObject(same);
  });

  test('a session takes a claim over from its agents with --steal, an agent does not', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'alice' });
    const bob = as(list, 'alice', 'bob');
    await expect(call(bob, claim, { task, steal: true })).rejects.toMatchObject(refusal('alice'));
    await call(list, claim, { task, agent: 'carol', steal: true });
    expect(await holderOf(list, task)).toBe('carol');
    const { events } = await readLog(list, { key: task, limit: 1 });
    expect(events[0]).toMatchObject({ verb: 'stolen', old: { claim: { agent: 'alice' } } });
    await call(bob, claim, { task, steal: true, force: true });
    expect(await holderOf(list, task)).toBe('bob');
    const { runs } = await listRuns(list, task);
    expect(runs.map(({ status }) => status)).toEqual(['lost', 'lost', 'running']);
  });

  test('an agent holds what it claims, whatever name it gives', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(as(list, 'alice', 'helper-1'), claim, { task, agent: 'Coding Agent' });
    const other = as(list, 'alice', 'helper-2');
    const again = call(other, claim, { task, agent: 'Coding Agent' });
    await expect(again).rejects.toMatchObject(refusal('helper-1'));
  });

  test('an update that claims is a claim', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    const claiming = { task, status: 'in_progress' };
    await call(list, update, { ...claiming, assigned_agent: 'alice' });
    expect(await holderOf(list, task)).toBe('alice');
    await call(list, update, { ...claiming, assigned_agent: 'alice' });
    const other = call(list, update, { ...claiming, assigned_agent: 'bob' });
    await expect(other).rejects.toMatchObject(refusal('alice'));
    expect((await showTask(list, task)).task.assignedAgent).toBe('alice');
  });

  test('a session notes, releases and closes what its agents hold', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'alice' });
    await call(list, note, { task, text: 'halfway' });
    await call(list, release, { task });
    await call(list, claim, { task, agent: 'bob' });
    await call(list, close, { task, outcome: 'done' });
    expect((await showTask(list, task)).task).toMatchObject({ status: 'completed', claim: null });
  });

  test('an agent ends no claim of another one of its session, and any of its own', async () => {
    const list = await lists.list();
    const [alice, bob] = [as(list, 'alice', 'alice'), as(list, 'alice', 'bob')];
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'alice' });
    const done = { status: 'completed', outcome: 'done', files_created: ['a.ts'] };
    const tries = [
      () => call(bob, close, { task, outcome: 'done' }),
      () => call(bob, cancel, { task }),
      () => call(bob, release, { task }),
      () => call(bob, block, { task, reason: 'the vendor' }),
      () => call(bob, update, { task, status: 'pending' }),
      () => call(bob, report, { task, report: done }),
      () => create(bob, 'Subtask', { parent: task }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject(refusal('alice'));
    expect(await holderOf(list, task)).toBe('alice');
    await call(alice, block, { task, reason: 'the vendor' });
    await expect(call(bob, unblock, { task })).rejects.toMatchObject(refusal('alice'));
    await call(alice, unblock, { task });
    await call(bob, note, { task, text: 'seen by another' });
    await call(bob, release, { task, force: true });
    await call(list, claim, { task });
    const held = refusal('the main agent');
    await expect(call(bob, close, { task })).rejects.toMatchObject(held);
    await call(list, close, { task });
  });

  test('a session reports for its agent, and the claim goes on to the next one', async () => {
    const list = await lists.list();
    const task = await create(list, 'Task');
    await call(list, claim, { task, agent: 'Coding Agent' });
    const work = { status: 'completed', outcome: 'written', files_created: ['src/login.ts'] };
    const { next, nextRun } = await call(list, report, { task, report: work });
    expect(next).toBe('review');
    const reviewer = nextRun?.agent ?? '';
    expect(await holderOf(list, task)).toBe(reviewer);
    await call(list, claim, { task, agent: reviewer });
    const judged = { status: 'completed', outcome: 'good', approval: 'approved' };
    await call(list, report, { task, report: judged });
    expect((await showTask(list, task)).task).toMatchObject({ status: 'completed', claim: null });
  });

  test('of agents that claim at the same time one gets the task', async () => {
    const list = await lists.list();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(lists.connection())));
    try {
      for (const title of ['First', 'Second', 'Third']) {
        const task = await create(list, title);
        const claims = stores.map((store, index) =>
          call({ ...list, store }, claim, { task, agent: `agent-${index}` }),
        );
        const results = await Promise.allSettled(claims);
        const won = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
        expect(won).toHaveLength(1);
        expect(await holderOf(list, task)).toBe(`agent-${won[0]}`);
        for (const result of results) {
          if (result.status === 'fulfilled') continue;
          expect(result.reason).toMatchObject(refusal(`agent-${won[0]}`));
        }
      }
    } finally {
      for (const store of stores) await store.close();
    }
  });
}
