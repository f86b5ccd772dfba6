import { expect, test } from 'vitest';
import type { ForeignTask } from '../../../lib/model/foreign/foreign-task.ts';
import type { OutgoingTask } from '../../../lib/model/foreign/outgoing.ts';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import type { Db, Transaction } from '../../../lib/store/contract.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { archivedByPrefix } from '../../../lib/store/tables/archived-tasks.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { importTasks } from '../../../lib/tracker/moving/import-tasks.ts';
import { writeOutgoing } from '../../../lib/tracker/moving/outgoing-tasks.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import type { TestLists } from '../test-lists.ts';

/** So many tasks of every kind: in threes below each other, each after the one before, with notes. */
function manyTasks(count: number): readonly ForeignTask[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `t-${index}`,
    title: `Task ${index}`,
    status:
      (['pending', 'completed', 'blocked', 'cancelled', 'pending'] as const)[index % 5] ??
      'pending',
    createdAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    parent: index % 3 === 0 ? undefined : `t-${index - (index % 3)}`,
    links: index >= 3 && index % 3 === 0 ? [{ to: `t-${index - 3}`, type: 'blocks' as const }] : [],
    notes: index % 2 === 0 ? [{ text: `A note on ${index}` }] : [],
  }));
}

/** The same list, whose flights are counted: each batch, query or run is one. */
function counted(list: Scope): { readonly scope: Scope; flights(): number } {
  let flights = 0;
  const counting = <T extends Db>(db: T): T => ({
    ...db,
    batch: (...given: Parameters<Db['batch']>) => {
      flights += 1;
      return db.batch(...given);
    },
    query: (...given: Parameters<Db['query']>) => {
      flights += 1;
      return db.query(...given);
    },
    run: (...given: Parameters<Db['run']>) => {
      flights += 1;
      return db.run(...given);
    },
  });
  const store = {
    ...list.store,
    write: <T>(work: (transaction: Transaction) => Promise<T>) =>
      list.store.write((transaction) => work(counting(transaction))),
  };
  return { scope: { ...list, store }, flights: () => flights };
}

export function importTasksSuite(lists: TestLists): void {
  test('what was archived since an import is not made again, and new tasks go on without it', async () => {
    const list = await lists.list();
    const ended = { title: 'Ended', status: 'completed', notes: [], links: [] } as const;
    const tasks: ForeignTask[] = [{ ...ended, id: 't-1' }];
    await importTasks(list, { tasks, remarks: [] }, { format: 'bd' });
    await archiveTasks(list, { olderThan: 0, keep: 0 });
    const [{ key = '' } = {}] = await ask(
      list.store.db,
      archivedByPrefix(list.workspaceId, { prefix: '', limit: 2 }),
    );
    const more: ForeignTask[] = [
      { ...ended, id: 't-2', parent: 't-1' },
      { ...ended, id: 't-3', links: [{ to: 't-1', type: 'blocks' }] },
    ];
    const answer = await importTasks(
      list,
      { tasks: [...tasks, ...more], remarks: [] },
      { format: 'bd' },
    );
    expect(answer).toMatchObject({
      ...{ added: 2, known: 1, links: 0 },
      remarks: [
        `t-3 is not linked to t-1: ${key} is archived`,
        `t-2 stands by itself: ${key} is archived`,
      ],
    });
    await archiveTasks(list, { olderThan: 0, keep: 0 });
    const { task } = await docketOn(list).call('reopen', { task: key });
    expect(task).toMatchObject({ key, title: 'Ended', status: 'pending' });
  });

  test('a thousand tasks arrive in a few flights, and a second time none', async () => {
    const list = await lists.list();
    const tasks = manyTasks(1_000);
    const { scope, flights } = counted(list);
    const answer = await importTasks(scope, { tasks, remarks: [] }, { format: 'bd' });
    expect(answer).toMatchObject({ added: 1_000, known: 0, links: 333, notes: 500 });
    // The guard, what is known, and all rows together.
    expect(flights()).toBeLessThanOrEqual(4);
    const again = await importTasks(list, { tasks, remarks: [] }, { format: 'bd' });
    expect(again).toMatchObject({ added: 0, known: 1_000, links: 0, notes: 0 });
    const written: OutgoingTask[] = [];
    await writeOutgoing(list.store, list.workspaceId, (some) => written.push(...some));
    expect(written.map(({ imported }) => imported?.id).sort()).toEqual(
      tasks.map(({ id }) => id).sort(),
    );
    expect(written.filter(({ parent }) => parent !== undefined)).toHaveLength(666);
    expect(written.flatMap(({ links }) => links)).toHaveLength(333);
    expect(written.flatMap((task) => task.notes)).toHaveLength(500);
    // One key of a thousand that is taken makes all of it run again: they are long enough.
    expect(written.filter(({ key }) => !/-[a-z0-9]{6,}/.test(key))).toEqual([]);
  });

  test('a file that has grown brings what is new, and leaves alone what went on here', async () => {
    const list = await lists.list();
    const [first, second, third] = manyTasks(3);
    if (!first || !second || !third) return expect.unreachable();
    const bring = (tasks: readonly ForeignTask[]) =>
      importTasks(list, { tasks, remarks: [] }, { format: 'bd' });
    await bring([first, { ...second, status: 'pending' }]);
    const { events } = await readLog(list, { limit: 10 });
    const key = events.find(({ title }) => title === 'Task 1')?.task ?? '';
    await closeTask(list, key, { outcome: 'Here' });
    const link = { to: second.id, type: 'blocks' as const };
    const answer = await bring([
      first,
      second,
      { ...third, status: 'pending', parent: undefined, links: [link] },
    ]);
    expect(answer).toMatchObject({ added: 1, known: 2, links: 1, remarks: [] });
  });

  test('a container that takes no more parts lets them stand by themselves, and says so', async () => {
    const list = await lists.list();
    const whole = { id: 'a', title: 'Whole', status: 'completed' as const };
    const part = { id: 'b', title: 'Part', status: 'pending' as const, parent: 'a' };
    await importTasks(list, { tasks: [whole], remarks: [] }, { format: 'bd' });
    const { added, remarks } = await importTasks(
      list,
      { tasks: [whole, part], remarks: [] },
      { format: 'bd' },
    );
    expect(added).toBe(1);
    expect(remarks).toEqual([expect.stringContaining('b stands by itself: ')]);
  });

  test('what another container waits for is no circle, and a circle through one is', async () => {
    const list = await lists.list();
    const task = (id: string, more: Partial<ForeignTask> = {}): ForeignTask => ({
      id,
      title: id,
      status: 'pending',
      ...more,
    });
    const needs = (to: string) => ({ links: [{ to, type: 'blocks' as const }] });
    const { links, remarks } = await importTasks(
      list,
      {
        tasks: [
          task('a', needs('b')),
          task('a1', { parent: 'a' }),
          task('b'),
          task('b1', { parent: 'b', ...needs('a1') }),
          task('c', needs('c1')),
          task('c1', { parent: 'c' }),
        ],
        remarks: [],
      },
      { format: 'bd' },
    );
    expect(links).toBe(1);
    expect(remarks).toEqual([
      'b1 needs a1, which waits for it: a circle',
      'c needs c1, which waits for it: a circle',
    ]);
  });
}
