import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { BackupAnswer, RestoreAnswer } from '../../../../lib/model/answers/backup.ts';
import type { ServerConnection } from '../../../../lib/model/connection.ts';
import { movedTables } from '../../../../lib/store/moving/moved-tables.ts';
import { restoreLists } from '../../../../lib/tracker/backup/restore-lists.ts';
import { migrateDatabase } from '../../../../lib/tracker/database/migrate.ts';
import { openStore } from '../../../../lib/tracker/database/open.ts';
import { listInDatabase } from '../../../../lib/tracker/moving/list-in-database.ts';
import type { MovedSource } from '../../../../lib/tracker/moving/moved-list.ts';
import { createUser, freshDatabase } from '../../../engines/database.ts';
import { dolt, type ServerEngine, serverEngines } from '../../../engines/engines.ts';
import { type CliHarness, openCliHarness, workspace } from '../../cli-harness.ts';

/** A folder of a test, which a server on this machine may use as well. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** A database that is not on the server yet, as its administrator names it. */
function databaseTo(engine: ServerEngine, name: string) {
  const server = engine.server();
  onTestFinished(() => server.dropDatabase(name));
  return { name, url: `mysql://127.0.0.1:${server.port}/${name}` };
}

async function openDatabase(engine: ServerEngine, context: TestContext) {
  const { name } = await freshDatabase(engine, context);
  const server = engine.server();
  const connection: ServerConnection = {
    kind: 'mysql',
    host: server.host,
    port: server.port,
    database: name,
    user: server.adminUser,
    password: '',
    tls: 'off',
  };
  await migrateDatabase(connection);
  const url = `mysql://127.0.0.1:${server.port}/${name}`;
  const harness = openCliHarness().with({ env: { DOCKET_USER: 'root' } });
  const at = (database: string) => harness.with({ env: { DOCKET_DATABASE: database } });
  await harness.text('trust', url);
  return { name, url, connection, harness, root: at(url), folder: makeFolder() };
}

async function fill(harness: CliHarness): Promise<readonly string[]> {
  const key = await harness.create('First ✓');
  await harness.create('Second', '--needs', key);
  await harness.text('claim', key);
  await harness.text('close', key, '--outcome', 'done');
  return seen(harness);
}

async function seen(harness: CliHarness, ...flags: readonly string[]): Promise<readonly string[]> {
  return Promise.all([
    harness.text('list', '--all', ...flags),
    harness.text('log', '--limit', '1000', ...flags),
  ]);
}

describe.each(serverEngines)('on $name', (engine) => {
  test('a dump goes to a database that is made, and to SQLite and back', async (context) => {
    const { name, root, harness, folder } = await openDatabase(engine, context);
    const before = await fill(root);
    const { to, kind } = await root.json(BackupAnswer, 'backup', folder);
    expect(kind).toBe('jsonl');
    const next = databaseTo(engine, `${name}n`);
    const restored = await harness.json(RestoreAnswer, 'restore', to, '--database', next.url);
    expect(restored).toMatchObject({ madeDatabase: true, database: next.url });
    await harness.text('trust', next.url);
    expect(await seen(harness, '--database', next.url)).toEqual(before);

    const file = ['--database', `sqlite:${join(folder, 'web.db')}`];
    await harness.text('restore', to, ...file);
    const copy = await harness.json(BackupAnswer, 'backup', folder, ...file);
    expect(copy.kind).toBe('db');
    const back = databaseTo(engine, `${name}b`);
    await harness.text('restore', copy.to, '--database', back.url);
    expect(await seen(harness, '--database', back.url)).toEqual(before);
  });

  test('who may only read can back up, and who may not make a database is told so', async (context) => {
    const { name, url, root, folder } = await openDatabase(engine, context);
    await fill(root);
    const database = { engine: engine.name, name, url };
    const reader = await createUser(engine, database, {
      ...{ test: context, name: 'reader', rights: ['SELECT'] },
    });
    const env = { DOCKET_USER: reader.user, DOCKET_PASSWORD: reader.password };
    const harness = openCliHarness().with({ env });
    const { to } = await harness.json(BackupAnswer, 'backup', folder, '--database', url);
    const next = databaseTo(engine, `${name}n`);
    const error = await harness.error('restore', to, '--database', next.url);
    expect(error).toMatchObject({
      ...{ code: 'unreachable', exitCode: 69 },
      message: expect.stringContaining('may not make one'),
    });
    const wrong = harness.with({ env: { DOCKET_PASSWORD: 'wrong' } });
    expect(await wrong.error('backup', folder, '--database', url)).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('wrong user name or password'),
    });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('a restore that ends on the way leaves nothing, and is begun again', async (context) => {
    const { name, root, connection } = await openDatabase(engine, context);
    const before = await fill(root);
    const next = databaseTo(engine, `${name}n`);
    await engine.server().createDatabase(name.concat('n'));
    await migrateDatabase({ ...connection, database: next.name });
    const [from, to] = await Promise.all(
      [name, next.name].map((database) => openStore({ ...connection, database })),
    );
    if (from === undefined || to === undefined) return expect.unreachable();
    onTestFinished(async () => void (await Promise.all([from.close(), to.close()])));
    const source = listInDatabase(from, workspace.id, 'it');
    const last = movedTables.at(-1);
    const stopped: MovedSource = {
      ...source,
      walk: (work) =>
        source.walk((list) =>
          work({
            ...list,
            pages: (table) => {
              // Everything but the history has been written by then.
              if (table === last) throw new Error('stopped');
              return list.pages(table);
            },
          }),
        ),
    };
    await expect(restoreLists([stopped], to, { name: 'it' })).rejects.toThrow('stopped');
    for (const table of ['workspaces', 'tasks', 'agent_runs']) {
      expect(await to.db.query(`SELECT * FROM ${table}`), table).toEqual([]);
    }
    expect(await restoreLists([source], to, { name: 'it' })).toMatchObject([{ slug: 'web' }]);
    await root.text('trust', next.url);
    expect(await seen(root, '--database', next.url)).toEqual(before);
  });
});

test('Dolt’s own backup goes into a database that is missing or holds nothing', async (context) => {
  const { name, root, harness, folder } = await openDatabase(dolt, context);
  const before = await fill(root);
  const url = `file://${folder}/web`;
  const text = await root.text('backup', url);
  expect(text).toMatch(
    /^Backed up mysql:\S+ to file:\S+web \(with its history, by the server itself\)\n {2}web /,
  );
  // A second one sends what is new.
  await root.create('Third');
  await root.text('backup', url);
  const missing = databaseTo(dolt, `${name}n`);
  const restored = await harness.json(RestoreAnswer, 'restore', url, '--database', missing.url);
  expect(restored).toMatchObject({ madeDatabase: true, lists: [{ slug: 'web', tasks: 3 }] });
  await harness.text('trust', missing.url);
  expect((await seen(harness, '--database', missing.url))[0]).toContain('Third');
  const empty = databaseTo(dolt, `${name}e`);
  await dolt.server().createDatabase(empty.name);
  await harness.text('restore', url, '--database', empty.url);
  expect(before[0]).toContain('First ✓');
  // What bootstrap makes before holds nothing either.
  const made = databaseTo(dolt, `${name}m`);
  await dolt.server().createDatabase(made.name);
  await harness.text('migrate', '--database', made.url);
  const again = await harness.json(RestoreAnswer, 'restore', url, '--database', made.url);
  expect(again).toMatchObject({ madeDatabase: false, lists: [{ slug: 'web', tasks: 3 }] });
});

test('Dolt is told what is wrong with a place, a right or a target, and nothing is left', async (context) => {
  const { name, url, root, harness, folder } = await openDatabase(dolt, context);
  await fill(root);
  const backup = `file://${folder}/web`;
  const user = await createUser(
    dolt,
    { engine: 'dolt', name, url },
    { test: context, name: 'bob' },
  );
  const bob = openCliHarness().with({
    env: { DOCKET_USER: user.user, DOCKET_PASSWORD: user.password },
  });
  expect(await bob.error('backup', backup, '--database', url)).toMatchObject({
    ...{ code: 'unreachable', exitCode: 69 },
    hint: expect.stringContaining('It takes SUPER'),
  });
  writeFileSync(join(folder, 'file'), '');
  expect(await root.error('backup', `file://${folder}/file`)).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('was not written'),
  });
  expect(await root.error('backup', 'nothing://nowhere/web')).toMatchObject({ exitCode: 69 });
  await root.text('backup', backup);
  expect(await root.error('restore', backup)).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is not empty: it has web (tasks: 2)'),
  });
  const next = databaseTo(dolt, `${name}n`);
  const flags = ['--database', next.url];
  const none = await harness.error('restore', `file://${folder}/none`, ...flags);
  expect(none).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('was not restored'),
  });
  const admin = await dolt.server().connect();
  onTestFinished(() => admin.end());
  const [databases] = await admin.query('SHOW DATABASES LIKE ?', [next.name]);
  expect(databases).toEqual([]);

  await admin.query(`CREATE DATABASE \`${next.name}\``);
  await admin.query(`CREATE TABLE \`${next.name}\`.theirs (n INT PRIMARY KEY)`);
  expect(await harness.error('restore', backup, ...flags)).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('it has the table theirs'),
  });
  // A backup of something else is none of docket's.
  await admin.query(`USE \`${next.name}\``);
  await admin.query('CALL dolt_backup(?, ?)', ['sync-url', `file://${folder}/theirs`]);
  const other = databaseTo(dolt, `${name}o`);
  expect(
    await harness.error('restore', `file://${folder}/theirs`, '--database', other.url),
  ).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('another database') });
  // A newer docket's.
  await admin.query(`USE \`${name}\``);
  await admin.query(
    'INSERT INTO docket_migrations SELECT 999, name, 999, 999, applied_at FROM docket_migrations WHERE version = 1',
  );
  await admin.query('CALL dolt_backup(?, ?)', ['sync-url', `file://${folder}/newer`]);
  expect(
    await harness.error('restore', `file://${folder}/newer`, '--database', other.url),
  ).toMatchObject({ code: 'schema_too_new', hint: expect.stringContaining('newest docket') });
  const [left] = await admin.query('SHOW DATABASES LIKE ?', [other.name]);
  expect(left).toEqual([]);
  expect(existsSync(join(folder, 'web'))).toBe(true);
});

test('only Dolt takes a URL, and only for what is no database', async (context) => {
  const [engine] = serverEngines;
  if (engine === undefined) return expect.unreachable();
  const { root, url } = await openDatabase(engine, context);
  await fill(root);
  for (const verb of ['backup', 'restore']) {
    expect(await root.error(verb, 'file:///nowhere', '--database', `${url}`)).toMatchObject({
      ...{ code: 'usage', exitCode: 2 },
      message: expect.stringContaining('no backups of its own'),
    });
    expect(await root.error(verb, url)).toMatchObject({
      message: expect.stringContaining('is a database, and no place of a backup'),
    });
    expect(await root.error(verb, 'file:///nowhere', '--database', 'sqlite:web.db')).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('for a Dolt server'),
    });
  }
  expect((await root.error('backup', 'file:///nowhere', '--keep', '7d')).code).toBe('usage');
});
