import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import type { VerifyAnswer } from '../../../../lib/model/answers/verify.ts';
import type { ServerConnection } from '../../../../lib/model/connection.ts';
import { bootstrapServer } from '../../../../lib/tracker/database/bootstrap.ts';
import { createTestDatabase } from '../../../conformance/database/test-database.ts';
import { prepareDolt } from '../../../deploy/dolt-server.ts';
import { mariadb, type ServerEngine, serverEngines } from '../../../engines/engines.ts';
import {
  allPassed,
  dumpDatabase,
  fillDatabase,
  makeVerifier,
  outcomes,
  untilAtWork,
} from './verifier.ts';

/** A migrated database, as who made it and as an everyday user. */
async function openDatabase(engine: ServerEngine, { task }: TestContext) {
  const hash = createHash('sha256').update(`${engine.name} ${task.fullTestName}`).digest('hex');
  const made = await createTestDatabase(engine, `docket${hash.slice(0, 16)}`);
  onTestFinished(() => made.drop());
  return made as { admin: ServerConnection; everyday: ServerConnection };
}

describe.each(serverEngines)('on $name', (engine) => {
  test('two at once prove all eleven with everyday rights, and leave every table as it was before one that was killed', async (context) => {
    const { admin, everyday } = await openDatabase(engine, context);
    await fillDatabase(everyday);
    const before = await dumpDatabase(admin);
    const verifier = await makeVerifier(everyday);
    const { child, ended } = verifier.start();
    await untilAtWork(everyday);
    child.kill('SIGKILL');
    await ended;
    const found = await Promise.all([verifier.verify(), verifier.verify()]);
    expect(found.map(outcomes)).toEqual([allPassed, allPassed]);
    const [left = '', ...more] = found.flatMap(({ leftOver }) => leftOver);
    expect(left).toMatch(/^verify-/);
    expect(more).toEqual([]);
    for (const { exitCode, phases, user } of found) {
      expect({ exitCode, user }).toEqual({ exitCode: 0, user: everyday.user });
      const trips = phases.map(({ roundTrips }) => roundTrips ?? -1);
      // The tools are denied without a look at the database.
      expect(trips.filter((count) => count <= 0)).toEqual([0]);
    }
    expect(await dumpDatabase(admin)).toEqual(before);
  });

  test('a user who may only read, and a database without tables, are told in the first phase', async (context) => {
    const { admin, everyday } = await openDatabase(engine, context);
    const server = engine.server();
    const reader = { name: `reader-${everyday.database.slice(-8)}`, password: 'secret' };
    await server.dropUser(reader.name);
    await server.createUser({ ...reader, database: everyday.database, rights: ['SELECT'] });
    onTestFinished(() => server.dropUser(reader.name));
    const before = await dumpDatabase(admin);
    const { password } = reader;
    const forbidden = await (
      await makeVerifier({ ...everyday, user: reader.name, password })
    ).verify();
    expect(forbidden).toMatchObject({ exitCode: 1, passed: 1, leftOver: [] });
    expect(statuses(forbidden)).toEqual(onlyTools);
    expect(forbidden.phases[0]?.message).toMatch(/can be read and not written.*denied/i);
    expect(await dumpDatabase(admin)).toEqual(before);

    await server.dropDatabase(everyday.database);
    await server.createDatabase(everyday.database);
    const empty = await (await makeVerifier(everyday)).verify();
    expect(empty).toMatchObject({ exitCode: 1, passed: 1 });
    expect(empty.phases[0]).toMatchObject({ status: 'failed', message: 'it has no docket tables' });
    expect(empty.phases[0]?.next).toContain(`docket migrate --database '${empty.database}'`);
    expect(await dumpDatabase(admin)).toEqual({});
  });
});

/** Without a database built-in tools are denied all the same. */
const onlyTools = ['failed', ...Array(8).fill('skipped'), 'passed', 'skipped'];

function statuses({ phases }: VerifyAnswer): readonly string[] {
  return phases.map(({ status }) => status);
}

test('a second user is one who logs in with a name and a password of their own', async (context) => {
  const { everyday } = await openDatabase(mariadb, context);
  const server = mariadb.server();
  const bob = { name: `bob-${everyday.database.slice(-8)}`, password: 'geheim' };
  await server.dropUser(bob.name);
  await server.createUser({ ...bob, database: everyday.database });
  onTestFinished(() => server.dropUser(bob.name));
  const verifier = await makeVerifier(everyday);
  const url = server.url(everyday.database, bob.name);
  const second = ['--second', url, '--second-password', '-'];
  const found = await verifier.verify(second, `${bob.password}\n`);
  expect(outcomes(found)).toEqual(allPassed);
  expect(found).toMatchObject({ user: everyday.user, secondUser: bob.name, exitCode: 0 });

  const refused = await verifier.verify(second, 'wrong\n');
  const failed = refused.phases.filter(({ status }) => status === 'failed');
  expect(failed.map(({ name }) => name)).toEqual(['second', 'race']);
  expect(failed[0]?.message).toContain('wrong user name or password');
  expect(refused.exitCode).toBe(1);
  // It names the server as its person knows it.
  expect(failed[1]?.message).toContain(`127.0.0.1:${server.port} `);

  const other = await verifier.run(['--second', 'mysql://bob@db.example.com:3306/docket']);
  expect(other).toMatchObject({ exitCode: 2 });
  expect(other.stderr).toContain(`--second is another user of ${found.database}`);
});

test('a server that takes TLS alone is proved over TLS, its certificate checked', async () => {
  const dolt = prepareDolt();
  await dolt.start();
  const secret = (name: string) => readFileSync(join(dolt.secrets, name), 'utf8');
  const root: ServerConnection = {
    ...{ kind: 'mysql', host: '127.0.0.1', port: dolt.port, database: 'docket', tls: 'verify' },
    ...{ user: 'root', password: secret('root-password'), ca: secret('ca.crt') },
  };
  const { users } = await bootstrapServer(root, {
    ...{ people: ['alice'], from: '%', reset: [], backups: false },
  });
  const password = users.find(({ name }) => name === 'alice')?.password ?? '';
  const found = await (await makeVerifier({ ...root, user: 'alice', password })).verify();
  expect(outcomes(found)).toEqual(allPassed);
});

test('where a server loses notes, the phase of notes is red and no other', async (context) => {
  const { admin, everyday } = await openDatabase(mariadb, context);
  const before = await dumpDatabase(admin);
  const port = await loseStatements(everyday.port, 'INSERT INTO task_notes');
  const found = await (await makeVerifier({ ...everyday, port })).verify();
  const expected = allPassed.map((line) => (line === '5 passed' ? 'failed' : 'passed'));
  expect(statuses(found)).toEqual(expected);
  expect(found.exitCode).toBe(1);
  expect(found.phases[4]?.message).toContain(`127.0.0.1:${port} has ended the connection`);
  expect(await dumpDatabase(admin)).toEqual(before);
});

/** A loopback port before a server that ends each connection over which such a statement comes. */
async function loseStatements(serverPort: number, statement: string): Promise<number> {
  const proxy = createServer((client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1' });
    for (const socket of [client, server]) socket.on('error', () => {});
    client.on('data', (bytes) => {
      if (!bytes.includes(statement)) server.write(bytes);
      else for (const socket of [client, server]) socket.destroy();
    });
    server.pipe(client);
    client.once('close', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
