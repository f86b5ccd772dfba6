import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { openUnmigrated } from '../../lib/tracker/database/open.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { addNote } from '../../lib/tracker/tasks/note.ts';
import { createUser, freshDatabase, type TestUser } from '../engines/database.ts';
import { type ServerEngine, serverEngines } from '../engines/engines.ts';
import { startMariadb } from '../engines/mariadb.ts';
import { type ServerProxy, startProxy } from '../engines/server-proxy.ts';
import { createHookUser, type HookUser } from './hook-user.ts';
import { expectBack, expectOutage, expectOutageWithoutList, showList } from './outage.ts';

function forgetBreaker(person: HookUser): void {
  rmSync(join(person.home, '.local/state/docket/breakers'), {
    recursive: true,
    force: true,
    maxRetries: 10,
  });
}

interface Prepared {
  readonly name: string;
  readonly user: TestUser;
}

/** A database with docket's tables and a user with everyday rights and a password. */
async function prepare(engine: ServerEngine, context: TestContext): Promise<Prepared> {
  const database = await freshDatabase(engine, context);
  const { host, port, adminUser } = engine.server();
  const store = await openUnmigrated({
    kind: 'mysql',
    host,
    port,
    database: database.name,
    user: adminUser,
    password: '',
    tls: 'off',
  });
  await store.migrate();
  await store.close();
  const user = await createUser(engine, database, { test: context, name: 'alice' });
  return { name: database.name, user };
}

function createUserOf({ name, user }: Prepared, port: number, env = {}): HookUser {
  return createHookUser({
    database: `mysql://127.0.0.1:${port}/${name}`,
    env: { DOCKET_USER: user.user, DOCKET_PASSWORD: user.password, ...env },
  });
}

async function proxyBefore(engine: ServerEngine): Promise<ServerProxy> {
  const proxy = await startProxy(engine.server().port);
  onTestFinished(() => proxy.close());
  return proxy;
}

describe.each(serverEngines)('on $name', (engine) => {
  test('prompts carry the list, then that it is unchanged, then what changed', async (context) => {
    const prepared = await prepare(engine, context);
    const person = createUserOf(prepared, engine.server().port);
    const key = await showList(person);
    expect((await person.prompt()).context).toContain('no changes');
    await person.work((scope) => claimTask(scope, key));
    expect((await person.prompt()).context).toContain(
      `- Claimed by bob@two#session-b: ${key} P2 Wire the valve`,
    );
  });

  test('a prompt takes no more flights to tell what changed than to tell the list', async (context) => {
    const prepared = await prepare(engine, context);
    const proxy = await proxyBefore(engine);
    const person = createUserOf(prepared, proxy.port);
    const key = await showList(person);
    const flightsOf = async (said: string) => {
      const { flights, result } = await proxy.countFlights(() => person.prompt());
      expect(result.context).toContain(said);
      // MySQL takes one to log in that others save.
      return flights - (engine.name === 'mysql' ? 1 : 0);
    };
    expect(await flightsOf('no changes')).toBeLessThanOrEqual(3);
    await person.work((scope) => claimTask(scope, key));
    // That the list is not the known one is found out first.
    expect(await flightsOf('Claimed by bob@two#')).toBeLessThanOrEqual(4);
    await person.work((scope) => addNote(scope, key, 'halfway'));
    await person.prompt('session-c');
    // The list that another session has read is known to be another one.
    expect(await flightsOf('Noted by bob@two#')).toBeLessThanOrEqual(3);
  });

  test('a restored backup is a change, also after as many events as before', async (context) => {
    const prepared = await prepare(engine, context);
    const person = createUserOf(prepared, engine.server().port);
    await showList(person);
    const run = (sql: string, ...params: readonly (string | number)[]) =>
      person.work((scope) => scope.store.db.run(sql, params));
    const state = 'SELECT guard_token AS token, seq FROM workspaces';
    const [{ token, seq } = {}] = await person.work((scope) => scope.store.db.query(state));
    await person.work((scope) => createTask(scope, { title: 'Lost with the disk' }));
    expect((await person.prompt()).context).toContain('Lost with the disk');
    await run('DELETE FROM task_events WHERE seq > ?', Number(seq));
    await run('DELETE FROM tasks WHERE title = ?', 'Lost with the disk');
    await run('UPDATE workspaces SET guard_token = ?, seq = ?', String(token), Number(seq));
    await person.work((scope) => createTask(scope, { title: 'Made since' }));
    const { context: shown } = await person.prompt();
    expect(shown).toContain('Made since');
    expect(shown).not.toContain('Lost with the disk');
  });

  test('a session is registered, lives and ends', async (context) => {
    const prepared = await prepare(engine, context);
    const person = createUserOf(prepared, engine.server().port);
    const start = await person.say('session-start', { source: 'startup' });
    expect(start.systemMessage).toBeUndefined();
    expect(start.context).toContain('Nothing is open.');
    const sessions = () =>
      person.work((scope) =>
        scope.store.db.query('SELECT id, actor, ended_at, end_reason FROM sessions'),
      );
    expect(await sessions()).toEqual([
      { id: 'session-a', actor: 'alice@one', ended_at: null, end_reason: null },
    ]);
    await person.say('session-end', { reason: 'prompt_input_exit' });
    expect(await sessions()).toMatchObject([{ end_reason: 'prompt_input_exit' }]);
    expect(person.log()).toBe('');
  });

  test('a wrong password is an outage with an end', async (context) => {
    const prepared = await prepare(engine, context);
    const person = createUserOf(prepared, engine.server().port, { DOCKET_PASSWORD: undefined });
    const url = `mysql://127.0.0.1:${engine.server().port}/${prepared.name}`;
    const credentials = join(person.home, '.config/docket/credentials.json');
    const write = (password: string) =>
      writeFileSync(credentials, JSON.stringify({ [url]: { password } }), { mode: 0o600 });
    write(prepared.user.password);
    await showList(person);
    write('wrong');
    await expectOutage(person, /wrong user name or password/);
    write(prepared.user.password);
    forgetBreaker(person);
    await expectBack(person);
  });

  test('a database that is not there is told once', async () => {
    const { port, adminUser } = engine.server();
    const person = createHookUser({
      database: `mysql://127.0.0.1:${port}/nowhere`,
      env: { DOCKET_USER: adminUser },
    });
    await expectOutageWithoutList(person, /nowhere/);
  });

  test('a database without docket’s tables is told once, with what makes them', async (context) => {
    const database = await freshDatabase(engine, context);
    const { port, adminUser } = engine.server();
    const person = createHookUser({
      database: `mysql://127.0.0.1:${port}/${database.name}`,
      env: { DOCKET_USER: adminUser },
    });
    await expectOutageWithoutList(
      person,
      /no docket tables, or those of an older docket: docket migrate/,
    );
  });

  test('a slow success is a success', async (context) => {
    const prepared = await prepare(engine, context);
    const proxy = await proxyBefore(engine);
    const person = createUserOf(prepared, proxy.port);
    await showList(person);
    // Greeting, welcome and answer: 900 ms in all, and 300 to the first byte.
    proxy.delay({ toClient: 300 });
    const said = await person.prompt('session-c');
    expect(said.systemMessage).toBeUndefined();
    expect(said.context).toContain('\nShared task list');
  });

  test.for(['swallow', 'end'] as const)(
    'a server whose answers %s in the middle of a query is an outage with an end',
    async (what, context) => {
      const prepared = await prepare(engine, context);
      const proxy = await proxyBefore(engine);
      const person = createUserOf(prepared, proxy.port);
      await showList(person);
      proxy.after(2, what);
      await expectOutage(person, /./);
      proxy.mend();
      forgetBreaker(person);
      await expectBack(person);
    },
  );
});

test('a server that goes away and comes back', async (context) => {
  const server = await startMariadb({ args: ['--max-connections=10'] });
  context.onTestFinished(() => server.stop());
  await server.createDatabase('tasks');
  const store = await openUnmigrated({
    kind: 'mysql',
    host: '127.0.0.1',
    port: server.port,
    database: 'tasks',
    user: 'root',
    password: '',
    tls: 'off',
  });
  await store.migrate();
  await store.close();
  await server.createUser({ name: 'alice', password: 'geheim', database: 'tasks' });
  const person = createHookUser({
    database: `mysql://127.0.0.1:${server.port}/tasks`,
    env: { DOCKET_USER: 'alice', DOCKET_PASSWORD: 'geheim' },
  });
  await showList(person);

  // Not killed: the tests' server may lose its last second then.
  await server.halt('SIGTERM');
  await expectOutage(person, /ECONNREFUSED/);
  await server.resume();
  forgetBreaker(person);
  await expectBack(person);

  // All connections are taken, but for the one that only administrators get.
  const others = await Promise.all(Array.from({ length: 10 }, () => server.connect('tasks')));
  onTestFinished(() => {
    for (const other of others) other.destroy();
  });
  const full = await person.prompt('session-a');
  expect(full.context).toContain('This is the list of under a minute ago');
  expect(full.systemMessage).toBeUndefined();
  const waiting = person.prompt('session-a');
  setTimeout(() => others[0]?.destroy(), 200);
  const again = await waiting;
  expect(again.context).toContain('\nShared task list');
  expect(again.systemMessage).toBeUndefined();
});
