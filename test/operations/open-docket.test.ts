import { execFileSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseReport } from '../../lib/model/report/report.ts';
import { makePolicy } from '../../lib/model/run/policy.ts';
import type { Docket } from '../../lib/operations/docket.ts';
import { docketOn, openDocket } from '../../lib/operations/open-docket.ts';
import type { OperationName } from '../../lib/operations/operation-types.ts';
import { FunctionRunner } from '../../lib/orchestrator/agents/function-runner.ts';
import { openOrchestrator } from '../../lib/orchestrator/open-orchestrator.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { makeId } from '../../lib/tracker/ids.ts';
import { openCliHarness, workspace } from '../cli/cli-harness.ts';

function closedAfter<D extends Pick<Docket, 'close'>>(docket: D): D {
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

const listFile = (home: string) => ({ kind: 'sqlite', path: join(home, 'list.db') }) as const;

test.each([
  [{ worker: undefined }, 'openDocket: worker is missing'],
  [{ worker: {} }, 'openDocket: worker actor is missing'],
  [{ worker: { actor: ' ' } }, 'openDocket: worker actor is empty'],
  [{ workspace: undefined }, 'openDocket: workspace is missing'],
  [{ workspace: 'web' }, 'openDocket: workspace must be an object'],
  [
    { workspace: { id: workspace.id, slug: 'My Shop' } },
    'openDocket: workspace slug is not a name like web or web-shop',
  ],
  [
    { connection: { kind: 'postgres' } },
    'openDocket: connection kind must be one of sqlite, mysql',
  ],
  [{ connection: { kind: 'sqlite' } }, 'openDocket: connection path is missing'],
  [{ connection: { kind: 'mysql', host: 'db' } }, 'openDocket: connection port is missing'],
  [{ mode: { mode: 'clients' } }, 'openDocket: mode mode must be one of msp, development, normal'],
])(
  'a program that opens a database with %j is told which argument is wrong',
  async (wrong, message) => {
    const { home } = openCliHarness();
    const right = { connection: listFile(home), workspace, worker: { actor: 'alice@one' } };
    const opening = openDocket({ ...right, ...wrong } as never);
    await expect(opening).rejects.toMatchObject({
      name: 'DocketError',
      code: 'invalid_input',
      message,
    });
    expect(existsSync(join(home, 'list.db'))).toBe(false);
  },
);

test.each([
  [{ database: 5 }, 'openDocket: database must be a string'],
  [{ database: '' }, 'openDocket: database is empty'],
  [{ env: 'PATH' }, 'openDocket: env must be an object'],
  [{ env: ['PATH'] }, 'openDocket: env must be an object'],
  [{ env: { PATH: 5 } }, 'openDocket: env PATH must be a string'],
  [{ worker: 'alice' }, 'openDocket: worker must be an object'],
])(
  'a program that opens a folder with %j is told which argument is wrong',
  async (wrong, message) => {
    const { project: folder, env } = openCliHarness();
    await expect(openDocket({ folder, env, ...wrong } as never)).rejects.toMatchObject({
      name: 'DocketError',
      code: 'invalid_input',
      message,
    });
  },
);

test('what is made of nothing is refused in words, and so is a call without an input', async () => {
  const { home } = openCliHarness();
  const wrong = (make: () => unknown) => {
    try {
      return make();
    } catch (error) {
      return error;
    }
  };
  expect(wrong(() => docketOn(undefined as never))).toMatchObject({
    code: 'usage',
    message: 'docketOn needs the scope of an open list',
  });
  expect(wrong(() => new FunctionRunner(undefined as never))).toMatchObject({
    code: 'invalid_input',
    message: 'FunctionRunner needs the function of an agent',
  });
  expect(wrong(() => makePolicy({ limits: { parallel: 0 } }))).toMatchObject({
    message: 'makePolicy: limits parallel must be at least 1',
  });
  expect(wrong(() => parseReport({}, undefined as never))).toMatchObject({
    message: 'parseReport: type is missing',
  });
  await expect(openOrchestrator(undefined as never)).rejects.toMatchObject({
    message: 'openOrchestrator: connection is missing',
  });
  const worker = { actor: 'alice@one' };
  const list = { connection: listFile(home), workspace, worker };
  const docket = closedAfter(await openDocket(list));
  await expect(docket.call('create', undefined as never)).rejects.toMatchObject({
    message: 'create: title is missing',
  });
  expect((await docket.call('list', undefined as unknown as object)).tasks).toEqual([]);
  await expect(docket.call('run', { task: 'web-k3f9' })).rejects.toMatchObject({
    code: 'usage',
    message: 'agents of Claude Code need the folder of a project',
  });
});

test('a wrong path is an error, and no new folder', async () => {
  const { home, env } = openCliHarness();
  const folder = join(home, 'no/such');
  const worker = { actor: 'alice@one' };
  const connection = { kind: 'sqlite', path: join(folder, 'list.db') } as const;
  await expect(openDocket({ connection, workspace, worker })).rejects.toMatchObject({
    code: 'unreachable',
    message: `there is no folder ${folder} for the database`,
  });
  await expect(openDocket({ folder, env })).rejects.toMatchObject({
    code: 'usage',
    message: `openDocket: there is no folder ${folder}`,
  });
  await expect(openDocket({ folder: '', env })).rejects.toMatchObject({
    message: 'openDocket: folder must be a path',
  });
  const runner = new FunctionRunner(() => undefined);
  const orchestrator = { workspace, actor: 'alice@one', runner };
  await expect(openOrchestrator({ ...orchestrator, connection, cwd: home })).rejects.toMatchObject({
    code: 'unreachable',
  });
  const elsewhere = { ...orchestrator, connection: listFile(home), cwd: folder };
  await expect(openOrchestrator(elsewhere)).rejects.toMatchObject({
    message: `openOrchestrator: there is no folder ${folder}`,
  });
  expect(existsSync(join(home, 'no'))).toBe(false);
  expect(existsSync(join(home, 'list.db'))).toBe(false);
});

test('a folder that is not set up is told so, with what sets it up', async () => {
  const { home, env } = openCliHarness();
  const folder = join(home, 'code/other');
  execFileSync('git', ['init', '--quiet', folder]);
  await expect(openDocket({ folder, env })).rejects.toMatchObject({
    code: 'not_initialised',
    message: `docket is not set up in ${folder}`,
    hint: 'docket init',
  });
});

test('events come as they happen, others’ too, until the docket is closed', async () => {
  const { project: folder, env, ...harness } = openCliHarness();
  const docket = await openDocket({ folder, env });
  const seen: (string | null)[][] = [];
  let secondSeen = () => {};
  const second = new Promise<void>((resolve) => {
    secondSeen = resolve;
  });
  const watching = (async () => {
    for await (const { verb, title } of docket.events({ since: 0 })) {
      seen.push([verb, title]);
      if (title === 'From a terminal') secondSeen();
    }
  })();
  await docket.call('create', { title: 'From a program' });
  await harness.create('From a terminal');
  await second;
  await docket.close();
  await watching;
  expect(seen).toEqual([
    ['created', 'From a program'],
    ['created', 'From a terminal'],
  ]);
});

test('a closed docket says so, and may be closed again', async () => {
  const { project: folder, env } = openCliHarness();
  const docket = await openDocket({ folder, env });
  const last = docket.call('create', { title: 'On the way' });
  await Promise.all([docket.close(), docket.close()]);
  await docket.close();
  const refusal = { code: 'usage', message: 'this docket is closed' };
  await expect(docket.call('ready', {})).rejects.toMatchObject(refusal);
  await expect(docket.eventsSince(0)).rejects.toMatchObject(refusal);
  await expect(last).resolves.toMatchObject({ task: { title: 'On the way' } });
});

test.each([
  [-1, 10, 'seq must be a whole number from 0 to 9007199254740991'],
  [0, 0, 'limit must be a whole number from 1 to 1000'],
  [0, '1; DROP TABLE tasks', 'limit must be a whole number from 1 to 1000'],
])('events after %s, %s of them, are refused', async (seq, limit, message) => {
  const { project: folder, env } = openCliHarness();
  const docket = closedAfter(await openDocket({ folder, env }));
  await expect(docket.eventsSince(seq, { limit: limit as number })).rejects.toMatchObject({
    code: 'invalid_input',
    message,
  });
});

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
  await expect(docket.call('create', { title: 'Too early' })).rejects.toMatchObject({
    message: 'there is no client "Example Ltd", which the argument mode names',
  });
  await docket.call('client.add', { name: 'Example Ltd' });
  const { task } = await docket.call('create', { title: 'Task' });
  expect(task).toMatchObject({ client: 'example-ltd', billable: true });
});

test('an orchestrator’s list has the same operations, also while it works', async () => {
  const { home } = openCliHarness();
  const { orchestrator, scope } = await openOrchestrator({
    connection: listFile(home),
    workspace,
    actor: 'alice@one',
    runner: new FunctionRunner(async ({ key }) => {
      const task = key ?? '';
      const notes = ['one', 'two'].map((text) => docket.call('note', { task, text }));
      return { status: 'completed', outcome: `${(await Promise.all(notes)).length} notes` };
    }),
    policy: makePolicy({ limits: { parallel: 4 } }),
    cwd: home,
  });
  const docket = closedAfter(docketOn(scope));
  const steps = ['One', 'Two', 'Three', 'Four'].map((title) => ({
    title,
    task_type: 'research' as const,
  }));
  const { task } = await docket.call('plan', { title: 'Plan', subtasks: steps, any_order: true });
  expect(await orchestrator.run(task.key, { anyOrder: true })).toMatchObject({
    status: 'completed',
  });
  const { items } = await docket.call('checklist', { task: task.key });
  expect(items.map(({ title, outcome }) => [title, outcome])).toEqual(
    steps.map(({ title }) => [title, '2 notes']),
  );
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

test.each([
  [{ folder: '.', queue: 'yes' }, 'openDocket: queue must be a boolean'],
  [
    { connection: { kind: 'sqlite', path: 'x.db' }, queue: true },
    'openDocket: queue is for a list',
  ],
])('a program that opens a list by %j is told what is wrong', async (options, message) => {
  await expect(openDocket(options as never)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(message),
  });
});

test('a program that queues sends what a command has queued before its own', async () => {
  const alice = openCliHarness();
  const key = await alice.create('Task');
  const away = `${alice.database}-away`;
  renameSync(alice.database, away);
  expect(await alice.text('note', key, 'first')).toContain('queued: note');
  renameSync(away, alice.database);
  const { project: folder, env } = alice;
  const docket = closedAfter(await openDocket({ folder, env, queue: true }));
  await docket.call('note', { task: key, text: 'second' });
  const { notes } = await docket.call('show', { task: key });
  expect(notes.map(({ text }) => text)).toEqual(['first', 'second']);
});

test('a call that is repeated with its requestId is refused as done', async () => {
  const { project: folder, env, ...harness } = openCliHarness();
  const docket = closedAfter(await openDocket({ folder, env }));
  const key = await harness.create('Task');
  const [noted, made] = [makeId(), makeId()];
  const note = () => docket.call('note', { task: key, text: 'once' }, { requestId: noted });
  const create = () => docket.call('create', { title: 'Made' }, { requestId: made });
  await note();
  await create();
  for (const [repeat, id] of [[note, noted] as const, [create, made] as const]) {
    const message = `the request ${id} was done before`;
    await expect(repeat()).rejects.toMatchObject({ code: 'conflict', message });
  }
  const { tasks } = await docket.call('list', {});
  expect(tasks.map(({ title }) => title)).toEqual(['Task', 'Made']);
});
