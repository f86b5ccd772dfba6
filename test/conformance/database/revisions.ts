import { expect, test } from 'vitest';
import type { Db } from '../../../lib/store/contract.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { requireFound } from '../../../lib/store/sql/write.ts';
import { taskByKey } from '../../../lib/store/tables/task-lookups.ts';
import type { TaskChange } from '../../../lib/store/tables/task-row.ts';
import { changeTaskRows, type ReadRow } from '../../../lib/store/tables/task-writes.ts';
import { makeToken } from '../../../lib/tracker/ids.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { create, need } from '../agents/steps.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

export function revisionsSuite(lists: TestLists): void {
  test('what another changed since it was read is read again, and neither change is lost', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const stale = await ask(list.store.db, taskByKey(key));
    await updateFields(list, key, { description: 'changed meanwhile' });
    let runs = 0;
    await list.store.write(async (db) => {
      runs += 1;
      const task = runs === 1 ? stale : await ask(db, taskByKey(key));
      if (task) await change(db, [task], { title: 'Renamed' });
    });
    expect(runs).toBe(2);
    expect((await showTask(list, key)).task).toMatchObject({
      title: 'Renamed',
      description: 'changed meanwhile',
    });
  });

  test('tasks that are moved together are read again when another changed one of them', async () => {
    const list = await lists.list();
    const first = await create(list, 'First');
    const moved = [await create(list, 'Second'), await create(list, 'Third')];
    for (const key of moved) await need(list, key, first);
    const read = (db: Db) => Promise.all(moved.map((key) => ask(db, taskByKey(key))));
    const stale = await read(list.store.db);
    await updateFields(list, moved[1] ?? '', { title: 'Changed meanwhile' });
    let runs = 0;
    const waitingFor = (await ask(list.store.db, taskByKey(first)))?.id ?? null;
    await list.store.write(async (db) => {
      runs += 1;
      const tasks = (runs === 1 ? stale : await read(db)).flatMap((task) => task ?? []);
      await change(db, tasks, { queue: 'waiting', waiting_for: waitingFor });
    });
    expect(runs).toBe(2);
    const revisions = (await read(list.store.db)).map((task) => task?.revision);
    expect(new Set([...revisions, ...stale.map((task) => task?.revision)]).size).toBe(4);
    expect(revisions[0]).toHaveLength(36);
  });

  test('each change has a revision of its own, and one that changes nothing has none', async () => {
    const list = await lists.list();
    const key = await create(list, 'Task');
    const seen = new Set<string>();
    for (const title of ['One', 'Two', 'Two', 'One']) {
      seen.add((await updateFields(list, key, { title })).task.revision);
    }
    expect(seen.size).toBe(3);
  });
}

async function change(db: Db, rows: readonly ReadRow[], values: TaskChange): Promise<void> {
  const statements = changeTaskRows(rows, values, makeToken());
  requireFound(statements, await db.batch(statements));
}
