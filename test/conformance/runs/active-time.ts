import { expect, test } from 'vitest';
import { recoverTasks, startStep } from '../../../lib/tracker/agents/agent-steps.ts';
import { endSession, startSession, writeHeartbeat } from '../../../lib/tracker/runs/sessions.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { orchestratorScope } from '../agents/orchestrator-scope.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const minute = 60_000;

/** What of a claimed time counts as worked. Time passes by setting a session's clock back. */
export function activeTimeSuite(lists: TestLists): void {
  test('the time between two signs of life counts, up to what is idle', async () => {
    const worked = await work([{ pass: 5 }, { pass: 4 }, { pass: 120 }]);
    expect(worked).toBe(5 + 4 + 15);
  });

  test('a session that is compacted or resumed while it works loses nothing', async () => {
    const worked = await work([{ pass: 5 }, { pass: 10, by: 'start' }, { pass: 2 }]);
    expect(worked).toBe(17);
  });

  test('the time between the end of a session and its resumption does not count', async () => {
    const worked = await work([{ pass: 5, by: 'end' }, { pass: 10, by: 'start' }, { pass: 2 }]);
    expect(worked).toBe(7);
  });

  test('a clock that jumps back takes nothing away', async () => {
    const worked = await work([{ pass: 5 }, { pass: -300 }, { pass: 2 }]);
    expect(worked).toBe(7);
  });

  test('an agent whose orchestrator was killed worked until the last sign of life', async () => {
    const list = await lists.list();
    const { workspaceId } = list;
    const { scope, session } = orchestratorScope(list);
    const process = { processScope: 'boot-1', processId: 4_242, processStart: workspaceId };
    await startSession(list.store, { ...session, ...process });
    const key = await create(list, 'Work');
    await startStep(scope, key, { role: 'work', agent: 'Coding Agent' });
    await setBack(session.id, 5 * minute);
    await writeHeartbeat(list.store, { ...session, ...process });
    await setBack(session.id, 12 * minute);
    const probe = { scope: 'boot-1', isAlive: () => false };
    expect(await recoverTasks({ ...list, probe }, key)).toEqual([key]);
    const { runs } = await listRuns(list, key);
    expect(runs).toMatchObject([{ status: 'lost', activeMinutes: 5 }]);
  });

  test('a session that has two tasks at once divides its time between them', async () => {
    const list = await lists.list();
    const { worker, workspaceId } = list;
    const scope = { ...list, worker: { ...worker, session: `both-${workspaceId}` } };
    const { session: id, actor } = scope.worker;
    const unknown = { processScope: null, processId: null, processStart: null, cwd: null };
    const session = { id, workspaceId, actor, host: 'one', ...unknown };
    await startSession(list.store, session);
    const keys = [await create(list, 'First'), await create(list, 'Second')];
    const [first = '', second = ''] = keys;
    const pass = async (minutes: number) => {
      await setBack(id, minutes * minute);
      await writeHeartbeat(list.store, session);
    };
    await claimTask(scope, first);
    await pass(10);
    await claimTask(scope, second);
    await pass(12);
    await closeTask(scope, first);
    await pass(3);
    await closeTask(scope, second);
    const worked = [];
    for (const key of keys) worked.push((await listRuns(list, key)).runs[0]?.activeMinutes);
    expect(worked).toEqual([10 + 6, 6 + 3]);
  });

  type Passing = { readonly pass: number; readonly by?: 'start' | 'touch' | 'end' };

  /** Minutes of a run during which so many minutes pass before each sign of life. */
  async function work(steps: readonly Passing[]): Promise<number> {
    const list = await lists.list();
    const { worker, workspaceId } = list;
    const scope = { ...list, worker: { ...worker, session: `session-${workspaceId}` } };
    const { session: id, actor } = scope.worker;
    const unknown = { processScope: null, processId: null, processStart: null, cwd: null };
    const session = { id, workspaceId, actor, host: 'one', ...unknown };
    await startSession(list.store, session);
    const key = await create(list, 'Work');
    await claimTask(scope, key);
    for (const { pass, by = 'touch' } of steps) {
      await setBack(id, pass * minute);
      if (by === 'start') await startSession(list.store, session);
      else if (by === 'end') await endSession(list.store, id, 'other');
      else await writeHeartbeat(list.store, session);
    }
    await closeTask(scope, key);
    const { runs } = await listRuns(list, key);
    return runs[0]?.activeMinutes ?? Number.NaN;
  }

  async function setBack(session: string, milliseconds: number): Promise<void> {
    const { db } = lists.store();
    const [row] = await db.query('SELECT last_seen_at AS seen FROM sessions WHERE id = ?', [
      session,
    ]);
    const before = new Date(`${String(row?.seen).replace(' ', 'T')}Z`).getTime() - milliseconds;
    const at = new Date(before).toISOString().replace('T', ' ').replace('Z', '');
    await db.run('UPDATE sessions SET last_seen_at = ? WHERE id = ?', [at, session]);
  }
}
