import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { checklist } from '../../../lib/operations/checklist.ts';
import { clientOperations } from '../../../lib/operations/client.ts';
import { list as listTasks } from '../../../lib/operations/list.ts';
import { log } from '../../../lib/operations/log.ts';
import { ready } from '../../../lib/operations/ready.ts';
import { recap } from '../../../lib/operations/recap.ts';
import { runs } from '../../../lib/operations/runs.ts';
import { search } from '../../../lib/operations/search.ts';
import { show } from '../../../lib/operations/show.ts';
import { stats } from '../../../lib/operations/stats.ts';
import { who } from '../../../lib/operations/who.ts';
import type { SqlValue } from '../../../lib/store/contract.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { linkTasks } from '../../../lib/tracker/tasks/link.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { done, orchestrate } from '../agents/orchestrated.ts';
import { claim, create, statusOf } from '../agents/steps.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

const policy = makePolicy();

/** The words that a newer docket stores without a new schema, as an older one meets them. */
export function unknownWordsSuite(lists: TestLists): void {
  const run = (sql: string, values: readonly SqlValue[]) => lists.store().db.run(sql, values);

  function setType(key: string, type: string): Promise<unknown> {
    return run('UPDATE tasks SET task_type = ? WHERE task_key = ?', [type, key]);
  }

  /** A list whose new tasks are billed to Acme. */
  async function mspList(): Promise<Scope> {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme', rounding_minutes: 15 });
    return { ...list, mode: { mode: 'msp', client: 'Acme' } };
  }

  function setRounding(list: Scope, mode: string): Promise<unknown> {
    return run('UPDATE clients SET rounding_mode = ? WHERE workspace_id = ?', [
      mode,
      list.workspaceId,
    ]);
  }

  test('reading gives each word as it is', async () => {
    const list = await mspList();
    await setRounding(list, 'down');
    const [key, other] = [await create(list, 'Draw it'), await create(list, 'Other')];
    await linkTasks(list, { task: key, target: other, type: 'related' });
    await claim(list, key);
    await setType(key, 'design');
    await run('UPDATE tasks SET estimated_complexity = ? WHERE task_key = ?', ['epic', key]);
    const ofTask = '(SELECT id FROM tasks WHERE task_key = ?)';
    await run(`UPDATE agent_runs SET role = ?, verdict = ? WHERE task_id = ${ofTask}`, [
      'advise',
      'deferred',
      key,
    ]);
    await run(`UPDATE task_dependencies SET type = ? WHERE task_id = ${ofTask}`, ['copies', key]);

    expect(await call(list, clientOperations.list, {})).toMatchObject({
      clients: [{ roundingMode: 'down' }],
    });
    expect(await call(list, clientOperations.show, { name: 'Acme' })).toMatchObject({
      client: { roundingMode: 'down' },
    });
    expect(await call(list, show, { task: key })).toMatchObject({
      task: { type: 'design', complexity: 'epic' },
      relations: [{ type: 'copies', key: other }],
    });
    expect(await call(list, runs, { task: key })).toMatchObject({
      runs: [{ role: 'advise', verdict: 'deferred' }],
    });
    await call(list, listTasks, {});
    await call(list, ready, {});
    await call(list, log, {});
    await call(list, recap, {});
    await call(list, who, {});
    await call(list, stats, {});
    await call(list, checklist, { task: key });
    expect(await call(list, search, { text: 'draw' })).toMatchObject({ total: 1 });
  });

  test('a task of an unknown type is worked on as far as its type does not decide', async () => {
    const list = await lists.list();
    const key = await create(list, 'Draw it');
    await setType(key, 'design');
    await claim(list, key);
    await updateTask(list, key, { patch: { title: 'Draw all of it' } });
    await expect(recordReport(list, key, done, { policy })).rejects.toMatchObject({
      code: 'schema_too_new',
      message: expect.stringContaining("'design'"),
      hint: expect.stringContaining('Upgrade'),
    });
    const report = { status: 'blocked', blockers: ['the paper'] };
    const { task } = await recordReport(list, key, report, { policy });
    expect(task).toMatchObject({ status: 'blocked', type: 'design' });
    await closeTask(list, key, { outcome: 'drawn' });
    expect(await statusOf(list, key)).toBe('completed');
  });

  test('an orchestrator hands out no task of an unknown type, or with an unknown verdict', async () => {
    const list = await lists.list();
    const key = await create(list, 'Draw it');
    await setType(key, 'design');
    const orchestrator = orchestrate(list, () => done);
    await expect(orchestrator.run(key)).rejects.toMatchObject({ code: 'schema_too_new' });
    expect(await statusOf(list, key)).toBe('pending');

    const judged = (await createTask(list, { title: 'Try it', task_type: 'testing' })).task.key;
    await claim(list, judged);
    await closeTask(list, judged);
    await reopenTask(list, judged);
    await run(
      'UPDATE agent_runs SET verdict = ? WHERE task_id = (SELECT id FROM tasks WHERE task_key = ?)',
      ['deferred', judged],
    );
    await expect(orchestrator.run(judged)).rejects.toMatchObject({
      code: 'schema_too_new',
      message: expect.stringContaining("'deferred'"),
    });
  });

  test('what cannot be billed by the words known here is not completed', async () => {
    const list = await mspList();
    const key = await create(list, 'Draw it');
    await setRounding(list, 'down');
    await expect(closeTask(list, key, { billableMinutes: 20 })).rejects.toMatchObject({
      code: 'schema_too_new',
      message: expect.stringContaining("'down'"),
    });
    await setRounding(list, 'up');
    await setType(key, 'design');
    await expect(closeTask(list, key)).rejects.toMatchObject({ code: 'schema_too_new' });
    expect(await statusOf(list, key)).toBe('pending');
    // What the task says itself needs no table of types.
    await updateTask(list, key, { patch: { task_context: { category: 'drawing' } } });
    const { workItems } = await closeTask(list, key, { billableMinutes: 20 });
    expect(workItems).toMatchObject([{ category: 'drawing', billableMinutes: 30 }]);
  });

  test('a task of an unknown status is shown, and not moved', async () => {
    const list = await lists.list();
    const key = await create(list, 'Draw it');
    const setStatus = (status: string, queue: string) =>
      run('UPDATE tasks SET status = ?, queue = ? WHERE task_key = ?', [status, queue, key]);
    await setStatus('paused', 'none');
    expect(await statusOf(list, key)).toBe('paused');
    expect((await call(list, checklist, { task: key })).progress).toMatchObject({ pending: 1 });
    for (const attempt of [() => closeTask(list, key), () => cancelTask(list, key)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'schema_too_new',
        message: expect.stringContaining("'paused'"),
      });
    }
    await setStatus('pending', 'ready');
  });
}
