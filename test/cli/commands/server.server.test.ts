import { createServer } from 'node:net';
import { createConnection } from 'mysql2/promise';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import * as z from 'zod/mini';
import { BootstrapAnswer } from '../../../lib/model/answers/set-up.ts';
import { knownVersion } from '../../../lib/store/migrations/known-version.ts';
import { freshDatabase } from '../../engines/database.ts';
import { type ServerEngine, serverEngines } from '../../engines/engines.ts';
import { docketOf, runVerb } from '../../flights/run-verbs.ts';
import { verbs } from '../../flights/verbs.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

const Denied = z.object({ message: z.string() });

/** A server without the database of this test, its administrator, and names that no test shares. */
async function openServer(engine: ServerEngine, context: TestContext) {
  const { name, url } = await freshDatabase(engine, context);
  const server = engine.server();
  await server.dropDatabase(name);
  const people = ['alice', 'bob'].map((person) => `${person}-${name.slice(-8)}`);
  const drop = () => Promise.all(people.map((person) => server.dropUser(person)));
  await drop();
  onTestFinished(async () => void (await drop()));
  const [alice = '', bob = ''] = people;
  return { server, name, url, admin: openCliHarness(), alice, bob };
}

/** Logs in as MySQL wants it once, and runs SQL. */
async function attempt(
  engine: ServerEngine,
  login: { readonly user: string; readonly password: string },
  ...statements: readonly string[]
): Promise<readonly string[]> {
  const { host, port } = engine.server();
  const connection = await createConnection({ host, port, ...login });
  const answers: string[] = [];
  for (const sql of statements) {
    answers.push(
      await connection.query(sql).then(
        () => 'done',
        (error: unknown) => z.parse(Denied, error).message,
      ),
    );
  }
  await connection.end();
  return answers;
}

function person(user: string, password: string, url: string): CliHarness {
  return openCliHarness().with({
    env: { DOCKET_USER: user, DOCKET_PASSWORD: password, DOCKET_DATABASE: withoutUser(url) },
  });
}

function withoutUser(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

function passwordOf({ users }: z.output<typeof BootstrapAnswer>, name: string): string {
  return users.find((user) => user.name === name)?.password ?? '';
}

describe.each(serverEngines)('on $name', (engine) => {
  test('database, tables and users are made, and again only what is missing', async (context) => {
    const { url, admin, alice, bob } = await openServer(engine, context);
    const command = ['server', 'bootstrap', url] as const;
    const first = await admin.json(BootstrapAnswer, ...command, '--user', alice);
    expect(first).toMatchObject({
      ...{ database: withoutUser(url), madeDatabase: true, from: '%' },
      schema: { from: 0, to: knownVersion },
      users: [
        { name: 'docket_migrate', role: 'migrations' },
        { name: alice, role: 'everyday', change: 'made' },
      ],
    });
    expect(passwordOf(first, alice)).toMatch(/^[\w-]{24}$/);

    const again = await admin.json(BootstrapAnswer, ...command, '--user', `${alice},${bob}`);
    expect(again).toMatchObject({
      madeDatabase: false,
      schema: { from: knownVersion, applied: [] },
    });
    expect(again.users).toEqual([
      { name: 'docket_migrate', role: 'migrations', change: 'kept' },
      { name: alice, role: 'everyday', change: 'kept' },
      expect.objectContaining({ name: bob, change: 'made' }),
    ]);
    await attempt(engine, { user: alice, password: passwordOf(first, alice) });

    const reset = [...command, '--user', alice, '--reset-password', alice];
    const renewed = await admin.json(BootstrapAnswer, ...reset);
    expect(renewed.users[1]).toMatchObject({ name: alice, change: 'new_password' });
    expect(passwordOf(renewed, alice)).not.toBe(passwordOf(first, alice));
    await attempt(engine, { user: alice, password: passwordOf(renewed, alice) });
    await expect(
      attempt(engine, { user: alice, password: passwordOf(first, alice) }),
    ).rejects.toThrow(/denied/i);
  });

  test('a person of it runs every verb, and may neither change the schema nor make users', async (context) => {
    const { url, name, admin, alice } = await openServer(engine, context);
    const made = await admin.json(BootstrapAnswer, 'server', 'bootstrap', url, '--user', alice);
    const login = { user: alice, password: passwordOf(made, alice) };
    const refused = await attempt(
      engine,
      login,
      `ALTER TABLE \`${name}\`.tasks ADD COLUMN more INT`,
      `DROP TABLE \`${name}\`.tasks`,
      `CREATE TABLE \`${name}\`.more (n INT)`,
      `DROP DATABASE \`${name}\``,
      `CREATE USER 'mallory'@'%' IDENTIFIED BY 'x'`,
      `GRANT SELECT ON \`${name}\`.* TO '${alice}'@'%'`,
    );
    expect(refused.filter((answer) => !/denied/i.test(answer))).toEqual([]);

    const harness = person(alice, login.password, url);
    await harness.text('trust', withoutUser(url));
    const docket = docketOf(harness);
    for (const { prepare } of verbs) await runVerb(harness, await prepare(docket));
  });

  test('the user for migrations migrates, and its rights end at the database', async (context) => {
    const { server, url, name, admin } = await openServer(engine, context);
    const reset = ['--reset-password', 'docket_migrate'] as const;
    const made = await admin.json(BootstrapAnswer, 'server', 'bootstrap', url, ...reset);
    const again =
      passwordOf(made, 'docket_migrate') === ''
        ? await admin.json(BootstrapAnswer, 'server', 'bootstrap', url, ...reset)
        : made;
    const login = { user: 'docket_migrate', password: passwordOf(again, 'docket_migrate') };
    await server.createDatabase(name);
    await attempt(engine, login);
    const migrator = person(login.user, login.password, url);
    const text = await migrator.text('migrate', '--database', withoutUser(url));
    expect(text).toContain(`now has schema ${knownVersion}`);
    const [other] = await attempt(engine, login, `CREATE DATABASE ${name}more`);
    expect(other).toMatch(/denied/i);
  });

  test('an underscore in the name of the database is no wildcard in the rights', async (context) => {
    const { server, name, admin, alice } = await openServer(engine, context);
    const [mine, theirs] = [`${name.slice(0, 20)}_x`, `${name.slice(0, 20)}yx`];
    await server.createDatabase(theirs);
    onTestFinished(() => server.dropDatabase(theirs));
    onTestFinished(() => server.dropDatabase(mine));
    const made = await admin.json(
      BootstrapAnswer,
      ...['server', 'bootstrap', server.url(mine), '--user', alice],
    );
    const login = { user: alice, password: passwordOf(made, alice) };
    const answers = await attempt(engine, login, `USE \`${mine}\``, `USE \`${theirs}\``);
    expect(answers).toEqual(['done', expect.stringMatching(/denied/i)]);
  });

  test('users come from where they may, and from nowhere else', async (context) => {
    const { server, url, admin, alice } = await openServer(engine, context);
    const command = ['server', 'bootstrap', url, '--user', alice, '--from'] as const;
    const far = await admin.json(BootstrapAnswer, ...command, '192.0.2.%');
    onTestFinished(() => dropFrom('192.0.2.%'));
    await expect(
      attempt(engine, { user: alice, password: passwordOf(far, alice) }),
    ).rejects.toThrow(/denied|not allowed|No authentication methods/i);
    // Another place is another user to a server.
    const near = await admin.json(BootstrapAnswer, ...command, '127.0.0.%');
    onTestFinished(() => dropFrom('127.0.0.%'));
    expect(near.users[1]).toMatchObject({ name: alice, change: 'made' });
    await attempt(engine, { user: alice, password: passwordOf(near, alice) });

    async function dropFrom(host: string): Promise<void> {
      const connection = await server.connect();
      for (const user of [alice, 'docket_migrate']) {
        await connection.query('DROP USER IF EXISTS ?@?', [user, host]);
      }
      await connection.end();
    }
  });

  test('who is no administrator is told which rights are missing, and nothing is made', async (context) => {
    const { server, url, name, admin, alice, bob } = await openServer(engine, context);
    const made = await admin.json(BootstrapAnswer, 'server', 'bootstrap', url, '--user', alice);
    await attempt(engine, { user: alice, password: passwordOf(made, alice) });
    const harness = person(alice, passwordOf(made, alice), url);
    for (const database of [name, `${name}more`]) {
      const at = withoutUser(server.url(database));
      const error = await harness.error('server', 'bootstrap', at, '--user', bob);
      expect(error).toMatchObject({
        ...{ code: 'unreachable', exitCode: 69 },
        message: expect.stringContaining(`user ${alice} may not set this server up`),
        hint: expect.stringContaining("Log in as the server's administrator"),
      });
    }
    const connection = await server.connect();
    const [found] = await connection.query('SELECT user FROM mysql.user WHERE user = ?', [bob]);
    await connection.end();
    expect(found).toEqual([]);
    const wrong = harness.with({ env: { DOCKET_PASSWORD: 'wrong' } });
    expect(await wrong.error('server', 'bootstrap', withoutUser(url))).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('wrong user name or password'),
      hint: expect.stringContaining('DOCKET_PASSWORD'),
    });
  });

  test('passwords are on standard output alone, and each person finds the line to run', async (context) => {
    const { url, admin, alice, bob } = await openServer(engine, context);
    const progress: string[] = [];
    const telling = admin.with({ progress: (line) => progress.push(line) });
    const text = await telling.text('server', 'bootstrap', url, '--user', alice, '--user', bob);
    const [, password = ''] = new RegExp(`^  ${alice} +(\\S{24})$`, 'm').exec(text) ?? [];
    expect(password).not.toBe('');
    expect(progress).toEqual([`Making docket's tables ...`]);
    const plain = withoutUser(url);
    expect(text).toContain(`  docket trust '${plain.replace('//', `//${bob}@`)}' --password -`);
    expect(text).toContain(`  docket init --database '${plain}'`);
  });

  test('two administrators at once make each user once', async (context) => {
    const { url, admin, alice } = await openServer(engine, context);
    const answers = await Promise.all(
      [1, 2].map(() => admin.json(BootstrapAnswer, 'server', 'bootstrap', url, '--user', alice)),
    );
    const passwords = answers.map((answer) => passwordOf(answer, alice)).filter(Boolean);
    expect(passwords).toHaveLength(1);
    await attempt(engine, { user: alice, password: passwords[0] ?? '' });
  });
});

test('what is no server for it is refused before anything is done', async () => {
  const { error } = openCliHarness();
  const stranger = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void stranger.close());
  const address = stranger.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const url = `mysql://root@127.0.0.1:${port}/docket`;
  expect(await error('server', 'bootstrap', url)).toMatchObject({
    ...{ code: 'unreachable', exitCode: 69 },
    message: expect.stringContaining('what answers there is no MySQL server'),
  });
  const wrong: readonly (readonly [RegExp, readonly string[]])[] = [
    [/a file has no users/, ['sqlite:tasks.db']],
    [/not a database URL/, ['db.example.com']],
    [/a database called "a`b"/, ['mysql://root@127.0.0.1:1/a`b']],
    [/a user called "al'ice"/, [url, '--user', "al'ice"]],
    [/--from takes a host/, [url, '--from', "x' OR"]],
    [/root is no everyday user/, [url, '--user', 'root']],
    [/needs the URL of the database/, []],
    [/two URLs are named/, [url, '--database', 'mysql://root@127.0.0.1:1/other']],
    [/root is no everyday user/, ['--database', url, '--user', 'root']],
    [/named twice/, [url, '--user', 'alice', '--user', 'alice']],
    [/names none of these users/, [url, '--user', 'alice', '--reset-password', 'bob']],
  ];
  for (const [message, argv] of wrong) {
    const answer = await error('server', 'bootstrap', ...argv);
    expect(answer).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  }
});

test('a session makes no users', async () => {
  const harness = openCliHarness().with({ env: { CLAUDECODE: '1' } });
  const url = 'mysql://root@db.example.com:3306/docket';
  expect(await harness.error('server', 'bootstrap', url)).toMatchObject({ code: 'not_trusted' });
});
