import { expect, test } from 'vitest';
import { idSource, makeId } from '../../../lib/tracker/ids.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import type { TestLists } from '../test-lists.ts';

/** What a verb writes for a request that has an id. */
export function requestsSuite(lists: TestLists): void {
  test('the caller of a request knows the ids of what it makes before it is sent', async () => {
    const list = await lists.list();
    const [first, second] = [makeId(), makeId()];
    const { task } = await createTask({ ...list, requestId: first }, { title: 'Known' });
    const { note } = await addNote({ ...list, requestId: second }, task.key, 'known too');
    expect([task.id, note.id]).toEqual([idSource(first)(), idSource(second)()]);
  });

  test('every event of a request carries its id, and those of a verb without one carry another', async () => {
    const list = await lists.list();
    const requestId = makeId();
    await createTask(list, { title: 'Before' });
    const plan = { title: 'Plan', subtasks: [{ title: 'One' }, { title: 'Two', needs: [1] }] };
    await createPlan({ ...list, requestId }, plan);
    const rows = await list.store.db.query(
      'SELECT verb, request_id FROM task_events WHERE workspace_id = ? ORDER BY seq',
      [list.workspaceId],
    );
    const own = rows[0]?.request_id;
    expect(own).toMatch(/^[0-9a-f-]{36}$/);
    expect(own).not.toBe(requestId);
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { verb: 'created', request_id: own },
      ...['created', 'created', 'created', 'linked'].map((verb) => ({
        verb,
        request_id: requestId,
      })),
    ]);
  });
}
