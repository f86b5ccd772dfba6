import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../../../lib/model/connection.ts';
import { membersOf, rememberMember } from '../../../../lib/store/mysql/wire/members.ts';
import { reach, reachRemembered } from '../../../../lib/store/mysql/wire/reach.ts';
import type { MysqlTarget } from '../../../../lib/store/mysql/wire/target.ts';
import { freePort } from '../../../engines/free-port.ts';
import { startFakeServer } from '../fake-server.ts';

function clusterOf(first: Host, ...others: readonly Host[]): MysqlTarget {
  const { host, port } = first;
  const login = { database: 'tasks', user: 'alice', password: '', tls: 'off' } as const;
  return { host, port, others: others.map(({ host, port }) => ({ host, port })), ...login };
}

async function nobody(): Promise<Host> {
  return { host: '127.0.0.1', port: await freePort() };
}

test('the first member that greets is reached, and nothing was read from it', async (context) => {
  const one = await startFakeServer(context, (_, packets) => packets.greet());
  const two = await startFakeServer(context, (_, packets) => packets.greet());
  const { socket, target } = await reach(clusterOf(one.target, two.target));
  expect(target.port).toBe(one.target.port);
  expect(socket.remotePort).toBe(one.target.port);
  expect(socket.read()[4]).toBe(10);
  socket.destroy();
});

test('members where nobody listens are passed over at once, and come last', async (context) => {
  const away = [await nobody(), await nobody()] as const;
  const server = await startFakeServer(context, (_, packets) => packets.greet());
  const last = await startFakeServer(context, (_, packets) => packets.greet());
  const { socket, target } = await reach(clusterOf(...away, server.target, last.target));
  const ports = [server.target, last.target, ...away].map(({ port }) => port);
  expect(membersOf(target).map(({ port }) => port)).toEqual(ports);
  socket.destroy();
});

test.each([
  ['accept and say nothing', () => {}],
  ['hang up at once', (end: () => void) => end()],
])('members that %s are passed over', async (_, behave) => {
  const test = { onTestFinished };
  const silent = [];
  for (const _ of [1, 2]) {
    silent.push(await startFakeServer(test, (socket) => behave(() => socket.destroy())));
  }
  const server = await startFakeServer(test, (_, packets) => packets.greet());
  const [first, second] = silent.map(({ target }) => target);
  const { socket, target } = await reach(
    clusterOf(first ?? server.target, second ?? server.target, server.target),
  );
  expect(target.port).toBe(server.target.port);
  socket.destroy();
});

test('a slow member that has greeted is kept, whoever was asked meanwhile', async (context) => {
  let greetNow = (): void => {};
  const slow = await startFakeServer(context, (_, packets) => {
    greetNow = () => packets.greet();
  });
  // It is asked while the first one is waited for, and lets it greet.
  const silent = await startFakeServer(context, () => greetNow());
  const third = await startFakeServer(context, (_, packets) => packets.greet());
  const { socket } = await reach(clusterOf(slow.target, silent.target, third.target));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(socket.destroyed).toBe(false);
  socket.destroy();
});

test('of members none of which serves, one says why and all are named', async () => {
  const [one, two, three] = [await nobody(), await nobody(), await nobody()];
  const attempt = reach(clusterOf(one, two, three));
  await expect(attempt).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
  await expect(attempt).rejects.toThrow(
    `the database at 127.0.0.1:${one.port} does not answer: nothing listens there (connect ECONNREFUSED 127.0.0.1:${one.port}); nor can 127.0.0.1:${two.port} or 127.0.0.1:${three.port} be used`,
  );
});

test('the member that served last is tried first, unless it is away now', async (context) => {
  const one = await startFakeServer(context, (_, packets) => packets.greet());
  const two = await startFakeServer(context, (_, packets) => packets.greet());
  const away = await nobody();
  const cluster = clusterOf(one.target, two.target, away);
  const folder = mkdtempSync(join(tmpdir(), 'docket-members-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const memberFile = join(folder, 'state/members/tasks');
  for (const [last, reached] of [
    [undefined, one],
    [two.target, two],
    [away, one],
    [{ host: '127.0.0.1:1\n', port: 1 }, one],
  ] as const) {
    if (last !== undefined) rememberMember({ ...cluster, memberFile, ...last });
    const { socket, target } = await reachRemembered({ ...cluster, memberFile });
    expect(target.port).toBe(reached.target.port);
    expect(membersOf(target)).toHaveLength(3);
    socket.destroy();
  }
});
