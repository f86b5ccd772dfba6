import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import type { MysqlTarget } from '../../../lib/store/mysql/wire/target.ts';
import { serverEngines } from '../../engines/engines.ts';
import { startMariadb } from '../../engines/mariadb.ts';
import type { RunningServer } from '../../engines/running-server.ts';
import { emptyPlace } from './open-store.ts';

const text = 'é 🦀 \u{10ffff}';
const read = { mode: 'read' } as const;
const write = { mode: 'write' } as const;

describe('a server that starts every connection in latin1 and without autocommit', () => {
  let server: RunningServer;
  let target: MysqlTarget;

  beforeAll(async () => {
    server = await startMariadb({ args: ['--init-connect=SET NAMES latin1', '--autocommit=0'] });
    await server.createDatabase('tasks');
    // Not as the administrator, for whom the server leaves init_connect out.
    await server.createUser({ name: 'alice', password: 'x', database: 'tasks' });
    const { host, port } = server;
    target = { host, port, user: 'alice', password: 'x', database: 'tasks', tls: 'off' };
    const admin = await openMysql({ ...target, user: 'root', password: '' }, write);
    await admin.db.run('CREATE TABLE words (word VARCHAR(50)) DEFAULT CHARACTER SET utf8mb4');
    await admin.close();
  });

  afterAll(() => server.stop());

  test('gives every text to readers and writers as it was written', async (context) => {
    const writer = await openMysql(target, write);
    context.onTestFinished(() => writer.close());
    await writer.write((db) => db.run('INSERT INTO words VALUES (?)', [text]));
    expect(await writer.db.query('SELECT word FROM words')).toEqual([{ word: text }]);
    const words = 'SELECT 1 AS one, word FROM words';
    const prompt = await openMysql(target, read);
    context.onTestFinished(() => prompt.close());
    expect(await prompt.db.query(words)).toEqual([{ one: 1, word: text }]);
    const reader = await openMysql(target, read);
    context.onTestFinished(() => reader.close());
    expect(await reader.read((db) => db.query(words))).toEqual([{ one: 1, word: text }]);
  });

  test('keeps what is written outside of a transaction', async () => {
    const writer = await openMysql(target, write);
    await writer.db.run("INSERT INTO words VALUES ('a sign of life')");
    await writer.close();
    const reader = await openMysql(target, read);
    const found = await reader.db.query("SELECT word FROM words WHERE word = 'a sign of life'");
    await reader.close();
    expect(found).toHaveLength(1);
  });
});

test.for(serverEngines)('a writer on $name compares text byte by byte', async (engine, context) => {
  const { open } = await emptyPlace(engine, context);
  const [row] = await (await open()).db.query(
    "SELECT @@character_set_results AS results, 'a' = 'A' AS same",
  );
  expect(row).toEqual({ results: 'utf8mb4', same: 0 });
});
