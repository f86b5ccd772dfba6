import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type Docket,
  docketOn,
  type OperationName,
  openDocket,
} from '../../lib/operations/open-docket.ts';
import { FunctionRunner } from '../../lib/orchestrator/agents/function-runner.ts';
import { openOrchestrator } from '../../lib/orchestrator/open-orchestrator.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { openCliHarness, workspace } from '../cli/cli-harness.ts';

function closedAfter(docket: Docket): Docket {
  onTestFinished(() => docket.close());
  return docket;
}

test('a program keeps the list that the command line finds in its folder', async () => {
  const { project: folder, env, ...harness } = openCliHarness();
  const worker = { actor: 'bob@two', session: 'importer' };
  const docket = closedAfter(await openDocket({ folder, env, worker }));
  const { task } = await docket.call('create', { title: 'Imported' });
  expect(await harness.text('list')).toContain(task.key);
  expect(task.createdBy).toBe('bob@two');
});

test('a program without a name acts as whoever the environment names', async () => {
  const { project: folder, env, ...harness } = openCliHarness();
  const docket = closedAfter(await openDocket({ folder, env }));
  const key = await harness.create('Task');
  const { task } = await docket.call('claim', { task: key });
  expect(task.claim).toMatchObject({ actor: 'alice@one', session: 'session-a', stale: false });
});

test('a program names several tasks, and is answered about all of them', async () => {
  const { project: folder, env, ...harness } = openCliHarness();
  const docket = closedAfter(await openDocket({ folder, env }));
  const keys = [await harness.create('One'), await harness.create('Other')];
  const claimed = await docket.call('claim', { tasks: keys });
  expect(claimed.tasks.map(({ key }) => key)).toEqual(keys);
  expect(claimed.handOvers).toHaveLength(2);
  const { details } = await docket.call('show', { tasks: keys });
  expect(details.map(({ task }) => task.status)).toEqual(['in_progress', 'in_progress']);
});

test('the claims of a program are those of a live process, whatever it does in between', async () => {
  const { home } = openCliHarness();
  const connection = { kind: 'sqlite', path: join(home, 'list.db') } as const;
  const worker = { actor: 'alice@one', session: 'importer' };
  const docket = closedAfter(await openDocket({ connection, workspace, worker }));
  const { task } = await docket.call('create', { title: 'Task' });
  await docket.call('claim', { task: task.key });
  const store = await openStore(connection);
  onTestFinished(() => store.close());
  const rows = await store.db.query('SELECT id, process_id FROM sessions');
  expect(rows).toEqual([{ id: 'importer', process_id: process.pid }]);
});

test.for([undefined, {}, { cwd: '.' }, { folder: undefined }] as const)(
  'a program that opens a list by %j is told what is missing',
  async (options) => {
    await expect(openDocket(options as never)).rejects.toMatchObject({
      code: 'usage',
      message: 'openDocket needs a folder or a connection',
      hint: expect.stringContaining("openDocket({ folder: '.' })"),
    });
  },
);

test('callers of one list may work at the same time', async () => {
  const { home } = openCliHarness();
  const connection = { kind: 'sqlite', path: join(home, 'list.db') } as const;
  const docket = closedAfter(
    await openDocket({ connection, workspace, worker: { actor: 'alice@one' } }),
  );
  const titles = Array.from({ length: 20 }, (_, index) => `Task ${index}`);
  await Promise.all(titles.map((title) => docket.call('create', { title })));
  const { tasks } = await docket.call('ready', { limit: 100 });
  expect(tasks.map(({ title }) => title).sort()).toEqual(titles.sort());
});

test('the mode says whom the tasks of a program are for', async () => {
  const { home } = openCliHarness();
  const docket = closedAfter(
    await openDocket({
      connection: { kind: 'sqlite', path: join(home, 'list.db') },
      workspace,
      worker: { actor: 'alice@one' },
      mode: { mode: 'msp', client: 'Example Ltd' },
    }),
  );
  await docket.call('client.add', { name: 'Example Ltd' });
  const { task } = await docket.call('create', { title: 'Task' });
  expect(task).toMatchObject({ client: 'example-ltd', billable: true });
});

test('an orchestrator’s list has the same operations', async () => {
  const { home } = openCliHarness();
  const { scope } = await openOrchestrator({
    connection: { kind: 'sqlite', path: join(home, 'list.db') },
    workspace,
    actor: 'alice@one',
    runner: new FunctionRunner(() => ({ status: 'completed' })),
    cwd: home,
  });
  const docket = closedAfter(docketOn(scope));
  await docket.call('plan', { title: 'Plan', subtasks: [{ title: 'Step' }] });
  expect((await docket.call('ready', {})).tasks.map(({ title }) => title)).toEqual(['Step']);
});

test.each([
  ['rename', 'there is no operation "rename"', /^One of: create, plan, .*, billing, run$/],
  ['claims', 'there is no operation "claims"', /^Did you mean claim\?$/],
  ['constructor', 'there is no operation "constructor"', /^One of: /],
  ['where', '"where" is a command, not an operation', /^docket where$/],
])('a program that calls %s is told what there is', async (name, message, hint) => {
  const { project: folder, env } = openCliHarness();
  const docket = closedAfter(await openDocket({ folder, env }));
  const refused = docket.call(name as OperationName, {} as never);
  await expect(refused).rejects.toMatchObject({ code: 'usage', message });
  await expect(refused).rejects.toMatchObject({ hint: expect.stringMatching(hint) });
});
