import { describe, expect, type TestContext, test } from 'vitest';
import { openReader } from '../../../../lib/store/mysql/reader/open-reader.ts';
import type { MysqlTarget } from '../../../../lib/store/mysql/target.ts';
import { type Packets, startFakeServer } from '../fake-server.ts';

/** A server that admits whoever comes, and then does what a test says with each statement. */
function startAdmitting(
  test: Pick<TestContext, 'onTestFinished'>,
  onStatement: (packets: Packets, statement: string) => void,
) {
  return startFakeServer(test, async (_, packets) => {
    packets.greet();
    await packets.next();
    let next = packets.next();
    packets.accept();
    for (;;) {
      const statement = await next;
      next = packets.next();
      onStatement(packets, statement.toString('utf8', 1));
    }
  });
}

const open = (target: MysqlTarget) => openReader(target, {});

test('rows come as the driver gives them', async (context) => {
  const server = await startAdmitting(context, (packets) => packets.sendRow('title', 'Ventil 😀'));
  let firstBytes = 0;
  const reader = await openReader(server.target, {
    onFirstByte: () => {
      firstBytes += 1;
    },
  });
  expect(await reader.query('SELECT title FROM tasks WHERE id = ?', ['a'])).toEqual([
    { title: 'Ventil 😀' },
  ]);
  expect(firstBytes).toBe(1);
  expect(server.received().toString('latin1')).toContain("SELECT title FROM tasks WHERE id = 'a'");
  await reader.close();
});

test('a server that speaks other characters is told to use UTF-8 and asked again', async (context) => {
  const asked: string[] = [];
  const server = await startAdmitting(context, (packets, statement) => {
    asked.push(statement);
    if (statement.startsWith('SET')) packets.accept();
    else packets.sendRow('title', 'Ventil', asked.length === 1 ? 8 : 45);
  });
  const reader = await open(server.target);
  expect(await reader.query('SELECT title FROM tasks')).toEqual([{ title: 'Ventil' }]);
  expect(asked).toEqual([
    'SELECT title FROM tasks',
    expect.stringContaining('character_set_results = utf8mb4'),
    'SELECT title FROM tasks',
  ]);
});

test.for([
  [1040, 'too_many_connections'],
  [1146, 'no_schema'],
  [1213, 'conflict'],
  [1064, 'failed'],
] as const)('error %d to a statement is %s', async ([errno, code], context) => {
  const server = await startAdmitting(context, (packets) => packets.refuse(errno, 'so it is'));
  const reader = await open(server.target);
  const asked = reader.query('SELECT 1');
  await expect(asked).rejects.toMatchObject({ name: 'StoreError', code, message: 'so it is' });
});

test('a server that is full says so before its greeting', async (context) => {
  const server = await startFakeServer(context, (_, packets) => {
    packets.send([0xff, 1040 & 0xff, 1040 >> 8], 'Too many connections');
  });
  await expect(open(server.target)).rejects.toMatchObject({
    code: 'too_many_connections',
    message: 'Too many connections',
  });
});

describe('what a server may not do', () => {
  test('ask for a file of this machine', async (context) => {
    const server = await startAdmitting(context, (packets) => packets.send([0xfb], '/etc/passwd'));
    const reader = await open(server.target);
    await expect(reader.query('SELECT 1')).rejects.toMatchObject({ code: 'unreachable' });
    expect(server.received().toString('latin1')).not.toContain('root:');
  });

  test.for([
    ['say that it sends very many columns', (packets: Packets) => packets.send([0xfc, 255, 255])],
    [
      'send half a column',
      (packets: Packets) => {
        packets.send([1]);
        packets.send('def');
      },
    ],
  ] as const)('%s', async ([, answer], context) => {
    const server = await startAdmitting(context, answer);
    const reader = await open(server.target);
    await expect(reader.query('SELECT 1')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe.for([
  'mysql_clear_password',
  'sha256_password',
  'caching_sha2_password',
  'mysql_old_password',
  'dialog',
  'client_ed25519',
  'toString',
])('a server that asks by %s', (method) => {
  test('gets a challenge answered and nothing more', async (context) => {
    const server = await startFakeServer(context, async (_, packets) => {
      packets.greet(method);
      await packets.next();
      packets.switchTo(method);
    });
    const attempt = open(server.target);
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable' });
    await expect(attempt).rejects.toThrow(method);
    const received = server.received();
    expect(received).toHaveLength(received.readUIntLE(0, 3) + 4);
    expect(received.toString('latin1')).not.toContain('correct horse');
  });
});

test('a user without a password may log in by caching_sha2_password', async (context) => {
  const server = await startFakeServer(context, async (_, packets) => {
    packets.greet('caching_sha2_password');
    await packets.next();
    const more = packets.next();
    packets.switchTo('caching_sha2_password');
    expect(await more).toHaveLength(0);
    packets.accept();
  });
  const reader = await open({ ...server.target, password: '' });
  await reader.close();
});
