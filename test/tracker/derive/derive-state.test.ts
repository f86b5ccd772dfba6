import { expect, test } from 'vitest';
import type { Transaction } from '../../../lib/store/contract.ts';
import { listReady } from '../../../lib/tracker/reads/lists.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { addTask } from '../../../lib/tracker/tasks/create.ts';
import { addLink } from '../../../lib/tracker/tasks/link.ts';
import { writeWorkspace } from '../../../lib/tracker/transaction/write-workspace.ts';
import { findTaskForWrite } from '../../../lib/tracker/view/find.ts';
import { create } from '../../conformance/agents/steps.ts';
import { useTestLists } from '../../conformance/test-lists.ts';
import { sqlite } from '../../engines/engines.ts';

const lists = useTestLists(sqlite, 'settle');

test('a task that 600 others need moves them all by a few statements', async () => {
  const list = await lists.list();
  const hub = await create(list, 'Hub');
  await writeWorkspace(list, { keys: [hub] }, async (write) => {
    const target = await findTaskForWrite(write, hub);
    for (let count = 0; count < 600; count += 1) {
      const task = await addTask(write, { title: 'Spoke' });
      await addLink(write, { task, target, type: 'blocks' });
    }
  });
  const counted = countWrites(list);
  const { nowReady } = await closeTask(counted.list, hub);
  expect(nowReady).toHaveLength(600);
  expect((await listReady(list, { limit: 1 })).total).toBe(600);
  expect(counted.writes()).toBeLessThan(20);
  await reopenTask(counted.list, hub);
  expect((await listReady(list, { limit: 2 })).tasks.map(({ key }) => key)).toEqual([hub]);
  expect(counted.writes()).toBeLessThan(40);
});

/** The same list, and how many statements have written to it. */
function countWrites(list: Scope): { list: Scope; writes: () => number } {
  let writes = 0;
  const counting = (db: Transaction): Transaction => ({
    ...db,
    run: (sql, params) => {
      writes += 1;
      return db.run(sql, params);
    },
    batch: (statements) => {
      writes += statements.filter(({ sql }) => !sql.trim().startsWith('SELECT')).length;
      return db.batch(statements);
    },
  });
  const { store } = list;
  return {
    list: {
      ...list,
      store: { ...store, write: (work) => store.write((db) => work(counting(db))) },
    },
    writes: () => writes,
  };
}
