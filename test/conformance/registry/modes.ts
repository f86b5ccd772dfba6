import { expect, test } from 'vitest';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { listTasks } from '../../../lib/tracker/reads/lists.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import {
  clientVerbs,
  infrastructureVerbs,
  projectVerbs,
} from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry, archiveRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { updateFields } from '../tasks/update-fields.ts';
import type { TestLists } from '../test-lists.ts';

/** Whom tasks are for: said, taken over, configured, required. */
export function modesSuite(lists: TestLists): void {
  /** A list with two clients, a project and a machine of each. */
  async function listWithClients(): Promise<Scope> {
    const list = await lists.list();
    for (const name of ['Acme', 'Globex']) {
      await addRegistryEntry(list, clientVerbs, { name });
      await addRegistryEntry(list, projectVerbs, { name: `${name} site`, client: name });
      await addRegistryEntry(list, infrastructureVerbs, { name: `${name} NAS`, client: name });
    }
    return list;
  }

  const msp = (list: Scope, client?: string): Scope => ({ ...list, mode: { mode: 'msp', client } });

  test('a task says whom it is for, in any mode', async () => {
    const list = await listWithClients();
    const { task } = await createTask(list, {
      title: 'Fix WINS',
      client: 'acme',
      project: 'Acme Site',
      infrastructure: ['acme-nas', 'ACME NAS'],
      billable: true,
      billable_minutes: 45,
    });
    expect(task).toMatchObject({
      client: 'acme',
      project: 'acme-site',
      infrastructure: ['acme-nas'],
      billable: true,
      billableMinutes: 45,
    });
    expect((await showTask(list, task.key)).task).toEqual(task);
    const plain = await createTask(list, { title: 'Plain' });
    expect(plain.task).toMatchObject({ client: null, project: null, infrastructure: [] });
  });

  test('subtasks and follow-ups take over whom their task is for', async () => {
    const list = await listWithClients();
    const { task, subtasks } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      project: 'Acme site',
      infrastructure: ['Acme NAS'],
      billable: true,
      subtasks: [{ title: 'One' }, { title: 'Two', billable: false, client: 'acme' }],
    });
    expect(subtasks).toMatchObject([
      { client: 'acme', project: 'acme-site', infrastructure: [], billable: true },
      { client: 'acme', project: 'acme-site', infrastructure: [], billable: false },
    ]);
    const { followUps } = await closeTask(list, `${task.key}.1`, {
      followUps: [{ title: 'Clean up' }],
    });
    expect((await showTask(list, followUps[0] ?? '')).task).toMatchObject({
      client: 'acme',
      project: 'acme-site',
      billable: true,
      parent: null,
    });
  });

  test('a project or a machine of a client says who the client is', async () => {
    const list = await listWithClients();
    const byProject = await createTask(list, { title: 'A', project: 'globex-site' });
    const byMachine = await createTask(list, { title: 'B', infrastructure: ['globex-nas'] });
    expect([byProject.task.client, byMachine.task.client]).toEqual(['globex', 'globex']);
    for (const input of [
      { title: 'C', client: 'acme', project: 'globex-site' },
      { title: 'C', client: 'acme', infrastructure: ['globex-nas'] },
    ]) {
      await expect(createTask(list, input)).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringMatching(/^globex-\w+ is of another client than the task$/),
      });
    }
  });

  test('msp mode takes the configured client and bills it, or requires one', async () => {
    const list = await listWithClients();
    const configured = msp(list, 'Acme');
    const { task } = await createTask(configured, { title: 'Billed' });
    expect(task).toMatchObject({ client: 'acme', billable: true });
    const free = await createTask(configured, { title: 'Free', billable: false });
    expect(free.task).toMatchObject({ client: 'acme', billable: false });
    const other = await createTask(configured, { title: 'Other', client: 'Globex' });
    expect(other.task).toMatchObject({ client: 'globex', billable: true });
    const withProject = {
      ...list,
      mode: { ...configured.mode, mode: 'msp', project: 'Acme site' },
    } as const;
    const forOther = await createTask(withProject, { title: 'Other', client: 'Globex' });
    expect(forOther.task).toMatchObject({ client: 'globex', project: null });
    const own = await createTask(withProject, { title: 'Own' });
    expect(own.task).toMatchObject({ client: 'acme', project: 'acme-site' });
    const before = (await readLog(list, { limit: 50 })).events.length;
    const refused = [
      () => createTask(msp(list), { title: 'x' }),
      () => createTask(configured, { title: 'x', client: '' }),
      () => createPlan(msp(list), { title: 'x', subtasks: [{ title: 'y' }] }),
    ];
    for (const create of refused) {
      await expect(create()).rejects.toMatchObject({
        code: 'invalid_input',
        hint: expect.stringContaining('--client NAME'),
      });
    }
    expect((await readLog(list, { limit: 50 })).events).toHaveLength(before);
  });

  test('in msp mode a task can change its client and not lose it', async () => {
    const list = msp(await listWithClients(), 'Acme');
    const { task } = await createTask(list, { title: 'x' });
    await expect(updateFields(list, task.key, { client: '' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'in msp mode a task needs a client',
    });
    const moved = await updateFields(list, task.key, { client: 'Globex' });
    expect(moved.task.client).toBe('globex');
  });

  test('in msp mode the subtask of a task without a client says how to give it one', async () => {
    const list = await listWithClients();
    const { task } = await createTask(list, { title: 'Older' });
    await expect(
      createTask(msp(list, 'Acme'), { title: 'Part' }, { parent: task.key }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      hint: `docket update ${task.key} --client NAME`,
    });
  });

  test('development mode takes the configured project, normal mode neither', async () => {
    const list = await listWithClients();
    const names = { client: 'Acme', project: 'Acme site' };
    const development = { ...list, mode: { mode: 'development', project: 'Acme site' } } as const;
    const { task } = await createTask(development, { title: 'Dark mode' });
    expect(task).toMatchObject({ project: 'acme-site', client: 'acme', billable: false });
    const without = await createTask(development, { title: 'Aside', project: '' });
    expect(without.task.project).toBeNull();
    const normal = { ...list, mode: { mode: 'normal', ...names } } as const;
    const plain = await createTask(normal, { title: 'Research' });
    expect(plain.task).toMatchObject({ project: null, client: null, billable: false });
  });

  test('unknown and archived names are refused, and a configured one says where it stands', async () => {
    const list = await listWithClients();
    await archiveRegistryEntry(list, clientVerbs, { name: 'Globex' });
    await expect(createTask(list, { title: 'x', client: 'Nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(createTask(list, { title: 'x', client: 'Globex' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'the client globex is archived',
    });
    await expect(createTask(msp(list, 'Initech'), { title: 'x' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'there is no client "Initech", which .claude/docket.json names',
    });
    expect((await listTasks(list, everything)).total).toBe(0);
  });

  test('a subtask has no client of its own, and a change takes the whole tree along', async () => {
    const list = await listWithClients();
    const { task } = await createPlan(list, {
      title: 'Whole',
      client: 'Acme',
      subtasks: [{ title: 'One' }, { title: 'Two' }],
    });
    const [one, two] = [`${task.key}.1`, `${task.key}.2`];
    await expect(
      createTask(list, { title: 'Three', client: 'Globex' }, { parent: task.key }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(updateFields(list, one, { client: 'Globex' })).rejects.toMatchObject({
      code: 'invalid_input',
      hint: `docket update ${task.key} --client NAME`,
    });
    await updateFields(list, two, { project: 'Acme site' });
    const { task: changed } = await updateFields(list, task.key, {
      client: 'Globex',
      project: 'Globex site',
      billable: true,
      infrastructure: ['Globex NAS'],
    });
    expect(changed).toMatchObject({ client: 'globex', infrastructure: ['globex-nas'] });
    expect((await showTask(list, one)).task).toMatchObject({
      client: 'globex',
      project: 'globex-site',
      billable: true,
    });
    // It was in another project by its own word.
    expect((await showTask(list, two)).task).toMatchObject({
      client: 'globex',
      project: 'acme-site',
    });
    const { events } = await readLog(list, { key: task.key, limit: 1 });
    expect(events[0]).toMatchObject({
      verb: 'updated',
      new: {
        client: 'globex',
        project: 'globex-site',
        billable: true,
        infrastructure: ['globex-nas'],
      },
    });
    const none = await updateFields(list, task.key, {
      client: '',
      project: '',
      infrastructure: [],
    });
    expect(none.task).toMatchObject({ client: null, project: null, infrastructure: [] });
    const { length } = (await readLog(list, { limit: 100 })).events;
    await updateFields(list, task.key, { client: '', billable: true });
    expect((await readLog(list, { limit: 100 })).events).toHaveLength(length);
  });

  test('a list of tasks that are for nobody asks for nobody', async () => {
    const list = await lists.list();
    await createTask(list, { title: 'Plain' });
    const asked: string[] = [];
    const store = {
      ...list.store,
      read: <T>(work: Parameters<typeof list.store.read<T>>[0]) =>
        list.store.read((db) =>
          work({
            ...db,
            query: (sql, params) => {
              asked.push(sql);
              return db.query(sql, params);
            },
            batch: (statements) => {
              asked.push(...statements.map(({ sql }) => sql));
              return db.batch(statements);
            },
          }),
        ),
    };
    await listTasks({ ...list, store }, everything);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.join('\n')).not.toMatch(/clients|projects|infrastructure /);
  });
}

const everything = {
  statuses: ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'],
  limit: 100,
  allWorkspaces: false,
} as const;
