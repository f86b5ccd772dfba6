import { expect, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { leaveList, placeOfList } from '../../../lib/tracker/moving/leave-list.ts';
import { listInDatabase } from '../../../lib/tracker/moving/list-in-database.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import type { TestLists } from '../test-lists.ts';

const url = 'sqlite:/new.db';

export function leaveListSuite(lists: TestLists): void {
  test('of writers while a list is left, those who were told yes came before', async () => {
    const list = await lists.list();
    const { workspaceId: workspace } = list;
    await docketOn(list).call('create', { title: 'First' });
    const stores = await Promise.all([1, 2].map(() => openStore(lists.connection())));
    let isLeaving = false;
    let made = 1;
    const writeUntilRefused = async (store: Scope['store']) => {
      const docket = docketOn({ ...list, store });
      const refusal: unknown = await (async () => {
        for (;;) {
          await docket.call('create', { title: 'One more' });
          made += 1;
        }
      })().catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'list_moved' });
      expect(isLeaving).toBe(true);
    };
    const leave = async () => {
      await docketOn(list).call('create', { title: 'Last' });
      made += 1;
      isLeaving = true;
      await leaveList(list.store, workspace, url);
      return lastSeq(list);
    };
    try {
      const [seq] = await Promise.all([leave(), ...stores.map(writeUntilRefused)]);
      expect(await lastSeq(list)).toBe(seq);
      expect(seq).toBe(made);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  test('of two who leave a list at once for two places, one is told where it is', async () => {
    const { workspaceId: workspace } = await lists.list();
    const stores = await Promise.all([1, 2].map(() => openStore(lists.connection())));
    try {
      const places = stores.map((_, index) => `sqlite:/new-${index}.db`);
      const ends = await Promise.allSettled(
        stores.map((store, index) => leaveList(store, workspace, places[index] ?? '')),
      );
      const won = ends.findIndex(({ status }) => status === 'fulfilled');
      expect(ends[won]).toEqual({ status: 'fulfilled', value: true });
      expect(ends[1 - won]).toMatchObject({ reason: { code: 'list_moved', movedTo: places[won] } });
      // Left again for the same place, it is as it was.
      const [store] = stores;
      if (store === undefined) throw new Error('there are two');
      expect(await leaveList(store, workspace, places[won] ?? '')).toBe(false);
      expect(await placeOfList(store, workspace)).toBe(places[won]);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  test('a list that was left is looked at, and changed once it is here again', async () => {
    const list = await lists.list();
    const { workspaceId: workspace, store } = list;
    const docket = docketOn(list);
    const { task } = await docket.call('create', { title: 'First' });
    await leaveList(store, workspace, url);
    await expect(docket.call('close', { task: task.key })).rejects.toMatchObject({
      code: 'list_moved',
    });
    expect((await docket.call('show', { task: task.key })).task.status).toBe('pending');
    await leaveList(store, workspace, null);
    expect((await docket.call('close', { task: task.key })).task.status).toBe('completed');
  });
}

async function lastSeq({ store, workspaceId }: Scope): Promise<number> {
  return listInDatabase(store, workspaceId, 'it').walk(async ({ head }) => head.workspace.seq);
}
