import type { Socket } from 'node:net';
import { expect, type TestContext, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import { startFakeServer } from './fake-server.ts';

const megabyte = 1024 * 1024;
function packet(payload: Buffer, number: number): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = number & 0xff;
  return Buffer.concat([header, payload]);
}

/** Packets with their numbers: a query's answer begins with 1. */
function packets(payloads: readonly Buffer[], first = 1): Buffer {
  return Buffer.concat(payloads.map((payload, index) => packet(payload, first + index)));
}

function column(name: string): Buffer {
  const text = (part: string): Buffer =>
    Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]);
  const [empty, kind] = [text(''), [0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]];
  return Buffer.concat([text('def'), empty, empty, empty, text(name), empty, Buffer.from(kind)]);
}

/** The beginning of an answer in so many columns: as many packets and two more. */
function columns(count: number): Buffer {
  const names = Array.from({ length: count }, (_, index) => column(`c${index}`));
  return packets([Buffer.from([count]), ...names, Buffer.from([0xfe, 0, 0, 2, 0])]);
}

/** Sends the same packet for as long as the client takes it. */
async function flood(socket: Socket, payload: Buffer, first = 1): Promise<void> {
  const round = packets(
    Array.from({ length: payload.length > megabyte ? 1 : 256 }, () => payload),
    first,
  );
  while (!socket.destroyed) {
    if (socket.write(round)) continue;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve);
      socket.once('close', resolve);
    });
  }
}

/** A packet of the greatest length is continued by the next one. */
const continued = Buffer.alloc(0xffffff);

async function expectBound(context: TestContext, answer: (socket: Socket) => void): Promise<void> {
  let connections = 0;
  const server = await startFakeServer(context, async (socket, login) => {
    connections += 1;
    login.greet();
    await login.next();
    const query = login.next();
    login.accept();
    await query;
    answer(socket);
  });
  const store = await openMysql(server.target, { mode: 'read' });
  const before = process.memoryUsage().rss;
  const read = store.read((db) => db.query('SELECT 1'));
  await expect(read).rejects.toMatchObject({ code: 'unreachable' });
  await expect(read).rejects.toThrow('longer than docket reads');
  // Nobody asks such a server again.
  expect(connections).toBe(1);
  expect(process.memoryUsage().rss - before).toBeLessThan(1200 * megabyte);
}

test('rows without end are read up to a bound', (context) =>
  expectBound(context, (socket) => {
    socket.write(columns(100));
    void flood(socket, Buffer.alloc(100, 0xfb), 103);
  }));

test('columns without end are read up to a bound', (context) =>
  expectBound(context, (socket) => {
    socket.write(packet(Buffer.from([0xfe, 0, 0, 0, 0, 1, 0, 0, 0]), 1));
    void flood(socket, column('c'), 2);
  }));

test('more columns than any question has are refused', (context) =>
  expectBound(context, (socket) => {
    socket.write(columns(201));
  }));

test('a row without end is read up to a bound', (context) =>
  expectBound(context, (socket) => {
    socket.write(columns(1));
    void flood(socket, continued, 4);
  }));

test('results without end are read up to their number', (context) =>
  expectBound(context, (socket) => {
    void flood(socket, Buffer.from([0, 0, 0, 10, 0, 0, 0]));
  }));

test('a login without end is read up to a bound', async (context) => {
  const server = await startFakeServer(context, async (socket, login) => {
    login.greet();
    await login.next();
    void flood(socket, continued, 2);
  });
  const attempt = openMysql(server.target, { mode: 'read' });
  await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
  await expect(attempt).rejects.toThrow('longer than docket reads');
});
