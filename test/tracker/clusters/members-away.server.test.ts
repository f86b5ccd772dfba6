import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readDeadline } from '../../../lib/briefing/read-list.ts';
import type { ServerConnection } from '../../../lib/model/connection.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createTestDatabase } from '../../conformance/database/test-database.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { mariadb } from '../../engines/engines.ts';
import { startProxy } from '../../engines/server-proxy.ts';
import { createHookUser, workspace } from '../../hooks/hook-user.ts';
import { makeOwnClock } from '../../hooks/own-clock.ts';
import { findDoubleClaims, findLost, startLoad } from './load.ts';

/** A way to the server that can be cut, and brought back on the same port. */
async function startMember(serverPort: number) {
  let proxy = await startProxy(serverPort);
  onTestFinished(() => proxy.close());
  const { port } = proxy;
  return {
    port,
    cut: () => proxy.close(),
    hold: (isHeld: boolean) => proxy.hold(isHeld),
    bringBack: async () => {
      proxy = await startProxy(serverPort, port);
    },
  };
}

/** Three ways to one MariaDB, which a person has approved as the members of a cluster. */
async function startCluster() {
  const { everyday, drop } = await createTestDatabase(mariadb, 'docketmembersaway');
  onTestFinished(drop);
  if (everyday.kind !== 'mysql') throw new Error('not a server');
  const serverPort = mariadb.server().port;
  const members = [];
  for (const _ of [1, 2, 3]) members.push(await startMember(serverPort));
  const [first, ...others] = members.map(({ port }) => ({ host: '127.0.0.1', port }));
  const connection: ServerConnection = { ...everyday, ...first, others };
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const person = createHookUser({
    database: `mysql://${hosts}/${everyday.database}`,
    env: { DOCKET_USER: everyday.user, DOCKET_PASSWORD: everyday.password },
  });
  return { members, connection, person };
}

test('behind members that come and go nothing is lost, nothing is given twice, and hooks answer', async () => {
  const { members, connection, person } = await startCluster();
  await person.work(async () => {});
  const load = startLoad(connection, workspace.id, 4);
  const moreWork = async (): Promise<void> => {
    const enough = load.acknowledged.length + 30;
    await expect.poll(() => load.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(enough);
  };
  await moreWork();
  for (const member of members) {
    member.cut();
    await moreWork();
    const { context, systemMessage } = await person.prompt();
    expect(context).toContain('<docket workspace="web"');
    expect(systemMessage).toBeUndefined();
    await member.bringBack();
  }
  await moreWork();
  const done = await load.stop();
  expect(done.failed).toEqual([]);
  expect(findDoubleClaims(done)).toEqual([]);
  const store = await openStore(connection);
  onTestFinished(() => store.close());
  expect(await findLost(store.db, workspace.id, done)).toEqual([]);
  expect(await findViolations(store.db, workspace.id)).toEqual([]);
});

test('a prompt takes the member that served last, and tells an outage when none does', async () => {
  const { members, person } = await startCluster();
  await person.work(async () => {});
  const [first, second, third] = members;
  first?.cut();
  expect((await person.prompt()).systemMessage).toBeUndefined();
  const [file = ''] = person.state().filter((path) => path.startsWith('members/'));
  const read = () => readFileSync(join(person.home, '.local/state/docket', file), 'utf8');
  expect(file).toContain(`127.0.0.1_${first?.port}`);
  expect(read()).toBe(`127.0.0.1:${second?.port}`);
  await first?.bringBack();
  second?.cut();
  third?.cut();
  expect((await person.prompt()).systemMessage).toBeUndefined();
  expect(read()).toBe(`127.0.0.1:${first?.port}`);
  first?.cut();
  const { systemMessage } = await person.prompt();
  expect(systemMessage).toContain('the task database cannot be used: the database at 127.0.0.1:');
  expect(systemMessage).toContain(`127.0.0.1:${second?.port} or 127.0.0.1:${third?.port} be used`);
});

test('a member that accepts and stays silent costs a prompt less than its deadline, once', async () => {
  const { members, person } = await startCluster();
  await person.work(async () => {});
  const clock = makeOwnClock(person.home);
  const [first] = members;
  first?.hold(true);
  for (let prompt = 1; prompt <= 2; prompt += 1) {
    const said = await person.prompt(`session-${prompt}`, clock.env);
    expect(said.context).toContain('<docket workspace="web"');
    expect(said.systemMessage).toBeUndefined();
  }
  const [waited, remembered] = clock.read();
  expect(waited?.ticks).toBeLessThan(readDeadline.total);
  expect(remembered?.ticks).toBeLessThan(waited?.ticks ?? 0);
  await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
  expect((await person.prompt()).context).toContain('Wire the valve');
});
