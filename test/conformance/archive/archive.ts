import { expect, onTestFinished, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { movedTables } from '../../../lib/store/moving/moved-tables.ts';
import { runWrites } from '../../../lib/store/sql/write.ts';
import { requireFreeKey } from '../../../lib/store/tables/archived-tasks.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { restoreTree } from '../../../lib/tracker/archive/restore-tree.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { listInDatabase } from '../../../lib/tracker/moving/list-in-database.ts';
import { eventsSince } from '../../../lib/tracker/reads/events-since.ts';
import { readStats } from '../../../lib/tracker/reads/stats.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { writeWorkspace } from '../../../lib/tracker/transaction/write-workspace.ts';
import { as, type TestLists } from '../test-lists.ts';

/** Archives everything that has ended by now; nothing stays because it is measured. */
const everything = { olderThan: -60_000, keep: 0 } as const;

/** A plan of two steps and a single task that needs it, all done, and an open one beside. */
async function doneList(list: Scope) {
  const docket = docketOn(list);
  const { task: plan, subtasks } = await docket.call('plan', {
    title: 'Wire the flux valve',
    subtasks: [{ title: 'Find it' }, { title: 'Turn it' }],
  });
  for (const { key } of subtasks) {
    await docket.call('claim', { task: key });
    await docket.call('note', { task: key, text: 'a quartz crystal is loose' });
    await docket.call('close', { task: key, outcome: 'It hums' });
  }
  const { task: single } = await docket.call('create', { title: 'Paint it', needs: [plan.key] });
  await docket.call('close', { task: single.key, outcome: 'Blue' });
  const { task: open } = await docket.call('create', { title: 'Sell it' });
  return { docket, plan: plan.key, single: single.key, open: open.key };
}

async function rowsOf({ store, workspaceId }: Scope): Promise<readonly string[]> {
  return listInDatabase(store, workspaceId, 'it').walk(async ({ pages }) => {
    const rows: string[] = [];
    for (const table of movedTables) {
      for await (const page of pages(table)) {
        rows.push(...page.map((row) => JSON.stringify([table.name, row])));
      }
    }
    return rows;
  });
}

export function archiveSuite(lists: TestLists): void {
  test('what has ended goes with its history, and the open task stays', async () => {
    const list = await lists.list();
    const { docket, open } = await doneList(list);
    const planned = await archiveTasks(list, { ...everything, dryRun: true });
    expect(planned).toMatchObject({
      dryRun: true,
      archived: { trees: 2, tasks: 4, notes: 2 },
      kept: {},
    });
    expect((await docket.call('list', { statuses: ['open', 'closed'] })).total).toBe(5);
    const done = await archiveTasks(list, everything);
    expect({ ...done, before: '', dryRun: true }).toEqual({ ...planned, before: '' });
    const { tasks } = await docket.call('list', { statuses: ['open', 'closed'] });
    expect(tasks.map(({ key }) => key)).toEqual([open]);
    const { events } = await docket.call('log', {});
    expect(events.map(({ verb, task }) => [verb, task])).toEqual([
      ['archived', null],
      ['created', open],
    ]);
    expect(await archiveTasks(list, everything)).toMatchObject({
      archived: { trees: 0 },
      kept: {},
    });
  });

  test('a deep search finds archived tasks by every text, and show shows them', async () => {
    const list = await lists.list();
    const { docket, plan, single } = await doneList(list);
    const before = await docket.call('show', { tasks: [plan, `${plan}.2`, single] });
    await archiveTasks(list, everything);
    expect((await docket.call('search', { text: 'quartz' })).archived).toBeUndefined();
    const found = await docket.call('search', { text: 'quartz', deep: true });
    expect(found.archived?.tasks.map(({ key }) => key).sort()).toEqual([`${plan}.1`, `${plan}.2`]);
    const some = await docket.call('search', { text: 'it', deep: true, limit: 2 });
    expect([some.tasks.length, some.archived?.tasks.length, some.archived?.total]).toEqual([
      1, 1, 3,
    ]);
    const closed = { text: 'it', deep: true, statuses: ['open' as const] };
    expect((await docket.call('search', closed)).archived?.total).toBe(0);
    const after = await docket.call('show', { tasks: [plan, `${plan}.2`, single] });
    const told = (answer: typeof before) =>
      'details' in answer
        ? answer.details.map(({ task, subtasks, notes, document, relations }) => ({
            ...{ task, subtasks, notes, document },
            relations: relations.map(({ archived: _, ...relation }) => relation),
          }))
        : [];
    expect(told(after)).toEqual(told(before));
    const shown = await docket.call('show', { task: single });
    expect(shown).toMatchObject({
      archived: { by: 'alice@one' },
      relations: [{ key: plan, archived: true, status: 'completed' }],
    });
    const short = plan.slice(plan.lastIndexOf('-') + 1);
    expect(await docket.call('show', { task: short })).toMatchObject({ task: { key: plan } });
  });

  test('verbs that change a task say that it is archived, and what to do', async () => {
    const list = await lists.list();
    const { docket, single, open } = await doneList(list);
    await archiveTasks(list, everything);
    const refused = { code: 'archived', hint: expect.stringContaining(`docket reopen ${single}`) };
    await expect(docket.call('note', { task: single, text: 'x' })).rejects.toMatchObject(refused);
    await expect(docket.call('link', { task: open, target: single })).rejects.toMatchObject(
      refused,
    );
    await expect(docket.call('note', { task: 'web-none', text: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('the log and the history of an archived task are whole, and say that it is archived', async () => {
    const list = await lists.list();
    const { docket, plan, single } = await doneList(list);
    const step = `${plan}.1`;
    const told = async () => {
      const logs = [];
      for (const task of [step, single]) logs.push(await docket.call('log', { task }));
      const histories = [];
      for (const task of [step, plan]) {
        histories.push(await docket.call('history', { task, all: task === plan }));
      }
      return { logs, histories };
    };
    const plain = ({ logs, histories }: Awaited<ReturnType<typeof told>>) =>
      [...logs, ...histories].map(({ at: _, archived: __, ...answer }) => answer);
    const before = await told();
    expect(before.histories[1]?.total).toBeGreaterThan(before.histories[0]?.total ?? 0);
    await archiveTasks(list, everything);
    const after = await told();
    expect(plain(after)).toEqual(plain(before));
    for (const { archived } of [...after.logs, ...after.histories]) {
      expect(archived).toMatchObject({ by: 'alice@one' });
    }
    expect(await docket.call('log', { task: step, limit: 1 })).toMatchObject({
      events: [{ verb: 'completed', task: step, title: 'Find it' }],
      total: 4,
    });
    expect(await docket.call('history', { task: step, limit: 2 })).toMatchObject({
      events: [{ verb: 'noted', note: { text: 'a quartz crystal is loose' } }, {}],
    });
  });

  test('a tree that is brought back is as it was, row by row', async () => {
    const list = await lists.list();
    const { plan, single } = await doneList(list);
    const before = await rowsOf(list);
    await archiveTasks(list, everything);
    for (const key of [plan, single]) {
      await writeWorkspace(list, {}, (write) => restoreTree(write, key));
    }
    const told = (row: string) => !/"verb":"(archived|restored)"/.test(row);
    expect((await rowsOf(list)).filter(told)).toEqual(before);
  });

  test('reopen brings a tree back, and its history is whole again', async () => {
    const list = await lists.list();
    const { docket, plan, single } = await doneList(list);
    await archiveTasks(list, everything);
    const { task, followed } = await docket.call('reopen', { task: `${plan}.2` });
    expect(task).toMatchObject({ status: 'pending', ready: true });
    expect(followed).toEqual([{ key: plan, status: 'in_progress' }]);
    const { events } = await docket.call('log', { task: `${plan}.2` });
    expect(events.map(({ verb }) => verb)).toEqual([
      ...['reopened', 'completed', 'noted', 'claimed', 'linked', 'created'],
    ]);
    expect(await docket.call('show', { task: single })).toMatchObject({
      relations: [{ key: plan, status: 'in_progress' }],
    });
    await expect(docket.call('reopen', { task: plan })).rejects.toMatchObject({
      code: 'is_container',
    });
    await docket.call('undo', {});
    expect(await docket.call('show', { task: `${plan}.2` })).toMatchObject({
      task: { status: 'completed' },
    });
    await archiveTasks(list, everything);
    expect(await docket.call('show', { task: plan })).toMatchObject({ archived: {} });
  });

  test('a refused reopen leaves the tree in the archive', async () => {
    const list = await lists.list();
    const { docket, plan } = await doneList(list);
    await archiveTasks(list, everything);
    await expect(docket.call('reopen', { task: plan })).rejects.toMatchObject({
      code: 'is_container',
    });
    expect(await docket.call('show', { task: plan })).toMatchObject({ archived: {} });
  });

  test('what an unfinished task needs stays, and so does what is billed, learnt from or moved', async () => {
    const list = await lists.list();
    const docket = docketOn(list);
    await docket.call('client.add', { name: 'Acme' });
    const make = async (fields: { title: string; client?: string; billable?: boolean }) => {
      const { task } = await docket.call('create', fields);
      await docket.call('claim', { task: task.key });
      return task.key;
    };
    const needed = await make({ title: 'Needed' });
    const billed = await make({ title: 'Billed', client: 'acme', billable: true });
    await docket.call('close', { task: needed });
    await docket.call('close', { task: billed, billable_minutes: 30 });
    await docket.call('create', { title: 'Needs it', needs: [needed] });
    const { task: moved } = await docket.call('create', { title: 'Moved' });
    const { task: parent } = await docket.call('create', { title: 'Parent' });
    await docket.call('update', { task: moved.key, parent: parent.key });
    await docket.call('cancel', { task: `${parent.key}.1` });
    expect(await archiveTasks(list, everything)).toMatchObject({
      archived: { trees: 0 },
      kept: { needed: 1, billed: 1, moved: 1 },
    });
  });

  test('estimates, stats and bills answer the same before and after', async () => {
    const list = await lists.list();
    const docket = docketOn(list);
    const keys: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      const { task } = await docket.call('create', { title: `Step ${index}` });
      await docket.call('claim', { task: task.key });
      if (index % 3 === 0) {
        await docket.call('block', { task: task.key, reason: 'no part' });
        await docket.call('unblock', { task: task.key });
      }
      await docket.call('close', { task: task.key });
      keys.push(task.key);
    }
    // Of each the newest three are measured, and a fourth tells that there are more.
    const figures = async () => {
      const { at: _, ...stats } = await readStats(list, { weeks: 8, limit: 3 });
      return { stats, bill: await docket.call('billing', {}) };
    };
    const before = await figures();
    const { archived, kept } = await archiveTasks(list, { olderThan: -60_000, keep: 4 });
    const { trees } = archived;
    expect(trees + (kept.measured ?? 0)).toBe(8);
    expect(kept.measured).toBeGreaterThanOrEqual(4);
    expect(trees).toBeGreaterThan(0);
    expect(await figures()).toEqual(before);
    const left = await docket.call('list', { statuses: ['closed'] });
    expect(left.tasks.map(({ key }) => key)).toEqual(expect.arrayContaining(keys.slice(-4)));
  });

  test('a closed task keeps its link to an archived one, and gets it back with it', async () => {
    const list = await lists.list();
    const { docket, plan, single } = await doneList(list);
    const { task: later } = await docket.call('create', { title: 'Later', needs: [single] });
    await docket.call('close', { task: later.key });
    // Of the single task alone a client is billed, so that it stays.
    await docket.call('client.add', { name: 'Acme' });
    await docket.call('update', {
      task: single,
      client: 'acme',
      billable: true,
      billable_minutes: 5,
    });
    expect(await archiveTasks(list, everything)).toMatchObject({
      archived: { trees: 2 },
      kept: { billed: 1 },
    });
    expect(await docket.call('show', { task: single })).toMatchObject({
      task: { needs: [plan] },
      relations: [{ type: 'blocks', key: plan, archived: true }],
    });
    await docket.call('reopen', { task: single });
    await docket.call('reopen', { task: `${plan}.1` });
    expect(await docket.call('show', { task: single })).toMatchObject({
      task: { needs: [plan], blockers: [plan], ready: false },
    });
    expect(await docket.call('show', { task: later.key })).toMatchObject({
      archived: {},
      relations: [{ key: single, status: 'pending' }],
    });
  });

  test('a tree that now needs what waits for it is not brought back', async () => {
    const list = await lists.list();
    const docket = docketOn(list);
    const make = async (title: string) => (await docket.call('create', { title })).task.key;
    const [first, second, third] = [await make('First'), await make('Second'), await make('Third')];
    await docket.call('link', { task: first, target: third });
    await docket.call('link', { task: second, target: first });
    for (const key of [third, first, second]) await docket.call('close', { task: key });
    await docket.call('client.add', { name: 'Acme' });
    for (const key of [second, third]) {
      await docket.call('update', {
        task: key,
        client: 'acme',
        billable: true,
        billable_minutes: 5,
      });
    }
    await archiveTasks(list, everything);
    await docket.call('link', { task: third, target: second });
    await expect(docket.call('reopen', { task: first })).rejects.toMatchObject({ code: 'cycle' });
    expect(await docket.call('show', { task: first })).toMatchObject({ archived: {} });
    await docket.call('unlink', { task: third, target: second });
    await docket.call('reopen', { task: first });
  });

  test('the key of an archived task is not given again', async () => {
    const list = await lists.list();
    const { single, open } = await doneList(list);
    await archiveTasks(list, everything);
    await list.store.write(async (db) => {
      const taken = runWrites(db, [requireFreeKey(single)]);
      await expect(taken).rejects.toMatchObject({ code: 'conflict' });
      await runWrites(db, [requireFreeKey(open)]);
      db.abandon();
    });
  });

  test('who follows events goes on, and undo does not reach behind what is archived', async () => {
    const list = await lists.list();
    const bob = as(list, 'bob');
    const early = await docketOn(bob).call('create', { title: 'Early' });
    const { open } = await doneList(list);
    await archiveTasks(list, everything);
    const { events, seq, archivedSeq } = await eventsSince(list, 0, { limit: 100 });
    expect(events.map(({ verb, task }) => [verb, task])).toEqual([
      ['created', early.task.key],
      ['created', open],
      ['archived', null],
    ]);
    expect(events.at(-1)?.seq).toBe(seq);
    expect(archivedSeq).toBe(seq - 2);
    await expect(docketOn(bob).call('undo', {})).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('archived'),
    });
    await expect(docketOn(list).call('undo', {})).rejects.toMatchObject({
      message: expect.stringContaining('what you archived'),
    });
  });

  test('sessions that reopen and create meanwhile lose nothing', async () => {
    const list = await lists.list();
    const docket = docketOn(list);
    const keys: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const { task } = await docket.call('create', { title: `Step ${index}` });
      await docket.call('close', { task: task.key });
      keys.push(task.key);
    }
    const reopened = keys.filter((_, index) => index % 3 === 0);
    const store = await openStore(lists.connection());
    onTestFinished(() => store.close());
    const bob = docketOn({ ...as(list, 'bob'), store });
    await Promise.all([
      archiveTasks(list, { ...everything, together: 3 }),
      (async () => {
        for (const key of reopened) await bob.call('reopen', { task: key });
      })(),
    ]);
    const { tasks } = await docket.call('list', { statuses: ['open'] });
    expect(tasks.map(({ key }) => key).sort()).toEqual([...reopened].sort());
    await archiveTasks(list, everything);
    for (const key of keys) {
      const { archived } = (await docket.call('show', { task: key })) as { archived?: unknown };
      expect(archived === undefined).toBe(reopened.includes(key));
    }
  });

  test('dockets that know of no archive only read the list from the first archiving on', async () => {
    const list = await lists.list();
    await doneList(list);
    await archiveTasks(list, everything);
    const [row] = await list.store.db.query(
      "SELECT version, oldest_writer, oldest_reader FROM docket_migrations WHERE name = 'archive'",
    );
    expect(row).toMatchObject({ oldest_writer: row?.version, oldest_reader: 1 });
  });
}
