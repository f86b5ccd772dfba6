import { createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { afterEach, expect, type TestContext, test, vi } from 'vitest';
import { addressesInHosts, findAddresses } from '../../../../lib/store/mysql/wire/resolve-host.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('knows localhost without asking anybody', async () => {
  expect(await findAddresses('LocalHost', { nameServers: [] })).toEqual([
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]);
});

test('reads names and aliases in a hosts file, and no comment', () => {
  const hosts =
    '# db 192.0.2.9\n192.0.2.1 db.example.com  DB # main\n\n2001:db8::1\tdb\n192.0.2.2 dbx';
  expect(addressesInHosts(hosts, 'db')).toEqual(['192.0.2.1', '2001:db8::1']);
  expect(addressesInHosts(hosts, 'main')).toEqual([]);
});

test('takes the addresses that the name server gives', async (context) => {
  const nameServer = await startNameServer(context, 'answer');
  expect(await findAddresses('db.example.com', { nameServers: [nameServer] })).toEqual([
    { address: '192.0.2.7', family: 4 },
  ]);
});

test('asks the system for a name that the name server does not know', async (context) => {
  const nameServer = await startNameServer(context, 'unknown');
  const found = [{ address: '192.0.2.8', family: 4 }];
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation(async () => found as never);
  expect(await findAddresses('db.example.com', { nameServers: [nameServer] })).toEqual(found);
  expect(lookup).toHaveBeenCalledOnce();
});

test('gives up on a name server that swallows questions, and never enters getaddrinfo', async (context) => {
  const nameServer = await startNameServer(context, 'silent');
  const lookup = vi.spyOn(dns, 'lookup');
  const search = findAddresses('db.example.com', { nameServers: [nameServer] });
  await expect(search).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(lookup).not.toHaveBeenCalled();
});

/** A name server on loopback that knows one IPv4 address for every name, or none, or is silent. */
async function startNameServer(
  test: Pick<TestContext, 'onTestFinished'>,
  manner: 'answer' | 'unknown' | 'silent',
): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    if (manner === 'silent') return;
    socket.send(manner === 'unknown' ? unknownName(question) : answer(question), from.port);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  test.onTestFinished(() => {
    socket.close();
  });
  return `127.0.0.1:${socket.address().port}`;
}

function unknownName(question: Buffer): Buffer {
  const reply = questionOnly(question);
  reply.writeUInt16BE(0x8183, 2);
  return reply;
}

function answer(question: Buffer): Buffer {
  const reply = questionOnly(question);
  reply.writeUInt16BE(0x8180, 2);
  const asksForIpv4 = reply.readUInt16BE(reply.length - 4) === 1;
  if (!asksForIpv4) return reply;
  reply.writeUInt16BE(1, 6);
  const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7];
  return Buffer.concat([reply, Buffer.from(record)]);
}

/** Without the additional records that a question may carry. */
function questionOnly(question: Buffer): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const reply = Buffer.from(question.subarray(0, end));
  reply.fill(0, 6, 12);
  return reply;
}
