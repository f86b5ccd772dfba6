import { expect, test } from 'vitest';
import type { Db } from '../../../lib/store/contract.ts';
import { insertTaskRows, newTaskRow } from '../../../lib/store/tables/task-row.ts';
import { makeId, makeToken } from '../../../lib/tracker/ids.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { linkTasks } from '../../../lib/tracker/tasks/link.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create, createContainer } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

export function keysSuite(lists: TestLists): void {
  const foundAs = async (list: Scope, text: string) => (await showTask(list, text)).task.key;

  test('a key may be shortened while unique, with or without the slug, in any case', async () => {
    const list = await lists.list();
    const key = await createContainer(list, 2);
    const part = key.slice(key.lastIndexOf('-') + 1);
    for (const text of [key, part, part.slice(0, 3), key.slice(0, -1), ` ${key.toUpperCase()} `]) {
      expect(await foundAs(list, text)).toBe(key);
    }
    for (const text of [`${key}.2`, `${part}.2`, `${part.slice(0, 3)}.2`]) {
      expect(await foundAs(list, text)).toBe(`${key}.2`);
    }
    await expect(showTask(list, `${part}.3`)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a short key that means several is refused with the candidates', async () => {
    const list = await lists.list('manykeys');
    const { slug, keys } = await insertKeys(list, ['abcd', 'abce', 'abcf2']);
    await expect(showTask(list, 'abc')).rejects.toMatchObject({
      code: 'ambiguous_key',
      message: `"abc" begins more than one key: ${keys.join(', ')}`,
    });
    expect(await foundAs(list, 'abcf')).toBe(`${slug}-abcf2`);
  });

  test('a key that is whole wins over longer ones that begin with it', async () => {
    const list = await lists.list('whole');
    const { slug } = await insertKeys(list, ['wxyz', 'wxyzz']);
    expect(await foundAs(list, 'wxyz')).toBe(`${slug}-wxyz`);
    expect(await foundAs(list, `${slug}-wxyz`)).toBe(`${slug}-wxyz`);
    await create(list, 'Sub', { parent: `${slug}-wxyz` });
    expect(await foundAs(list, 'wxyz.1')).toBe(`${slug}-wxyz.1`);
  });

  test('what is no key finds nothing', async () => {
    const list = await lists.list();
    await create(list, 'Task');
    for (const text of ['', ' ', '%', '_', "'", 'ü', 'a b', '.1', '-', '🦀', 'x'.repeat(5_000)]) {
      await expect(showTask(list, text), text).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('a whole key is found from another list, and changed in its own list’s history', async () => {
    const [here, there] = [await lists.list('here'), await lists.list('there')];
    const key = await create(there, 'Over there');
    const before = await seqOf(here);
    await claimTask(here, key);
    await addNote(here, key, 'from here');
    await addNote(here, key, 'and again');
    await closeTask(here, key, { followUps: [{ title: 'After' }] });
    expect(await seqOf(here)).toBe(before);
    const { events } = await readLog(there, { limit: 10 });
    expect(events.map(({ verb }) => verb).reverse()).toEqual([
      ...['created', 'claimed', 'noted', 'noted', 'completed', 'created', 'linked'],
    ]);
  });

  test('subtasks are made in the list of their parent, and links join one list only', async () => {
    const [here, there] = [await lists.list('here'), await lists.list('there')];
    const parent = await create(there, 'Over there');
    const { task } = await createTask(here, { title: 'Part' }, { parent });
    expect(task.key).toBe(`${parent}.1`);
    const own = await create(here, 'Here');
    await expect(
      linkTasks(here, { task: own, target: parent, type: 'blocks' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      linkTasks(here, { task: parent, target: own, type: 'blocks' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(createTask(here, { title: 'x' }, { needs: [parent] })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await readLog(here, { limit: 10 })).events).toHaveLength(1);
  });

  test('two slugs of which one begins with the other do not mix', async () => {
    const [web, api] = [await lists.list('pre'), await lists.list('pre-api')];
    const key = await create(api, 'In api');
    await create(web, 'In web');
    const part = key.slice(key.lastIndexOf('-') + 1);
    expect(await foundAs(api, part)).toBe(key);
    expect(await foundAs(web, key)).toBe(key);
    await expect(showTask(web, `api-${part}`)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a random key that is taken already is drawn again', async () => {
    const list = await lists.list();
    const { keys } = await insertKeys(list, ['tttt']);
    let draws = 0;
    await list.store.write(async (db) => {
      draws += 1;
      const key = draws === 1 ? (keys[0] ?? '') : (keys[0] ?? '').replace('tttt', 'uuuu');
      await insert(db, list, key);
      await db.run(
        'UPDATE workspaces SET task_count = task_count + 1, seq = seq + 1 WHERE id = ?',
        [list.workspaceId],
      );
      await recordCreation(db, list, key);
    });
    expect(draws).toBe(2);
  });
}

/** Tasks with keys of the test's own choice. */
async function insertKeys(list: Scope, parts: readonly string[]) {
  const sample = await create(list, 'Sample');
  const slug = sample.slice(0, sample.lastIndexOf('-'));
  const keys = parts.map((part) => `${slug}-${part}`);
  for (const key of keys) {
    await list.store.write(async (db) => {
      await insert(db, list, key);
      await db.run(
        'UPDATE workspaces SET task_count = task_count + 1, seq = seq + 1 WHERE id = ?',
        [list.workspaceId],
      );
      await recordCreation(db, list, key);
    });
  }
  return { slug, keys };
}

async function insert(db: Db, { workspaceId }: Scope, key: string): Promise<void> {
  const row = newTaskRow(
    {
      id: makeId(),
      key,
      workspaceId,
      parentId: null,
      position: 0,
      title: 'Chosen',
      description: '',
      type: 'research',
      priority: 2,
      complexity: null,
      estimatedMinutes: null,
      due: null,
      notBefore: null,
      labels: [],
      assignedAgent: null,
      createdSession: 'alice-session',
      clientId: null,
      projectId: null,
      infrastructureCount: 0,
      billable: false,
      billableMinutes: null,
      billableMinutesBy: null,
      context: '{}',
      createdBy: 'alice@one',
    },
    '2026-11-28 10:00:00.000',
  );
  await db.batch(insertTaskRows([{ ...row, revision: makeToken() }]));
}

async function recordCreation(db: Db, { workspaceId }: Scope, key: string): Promise<void> {
  await db.run(
    `INSERT INTO task_events (workspace_id, seq, task_id, verb, actor, session_id, agent_id,
       created_at)
     SELECT w.id, w.seq, t.id, 'created', 'alice@one', 'alice-session', 'main', ${db.dialect.now}
     FROM workspaces w JOIN tasks t ON t.task_key = ? WHERE w.id = ?`,
    [key, workspaceId],
  );
}

async function seqOf(list: Scope): Promise<number> {
  return (await readLog(list, { limit: 1 })).events[0]?.seq ?? 0;
}
