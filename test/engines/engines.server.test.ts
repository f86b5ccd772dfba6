import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { describe, expect, test } from 'vitest';
import { createUser, freshDatabase } from './database.ts';
import { serverEngines } from './engines.ts';

describe.each(serverEngines)('$name', (engine) => {
  test('gives each test an empty database', async (context) => {
    const { name } = await freshDatabase(engine, context);
    const admin = await engine.server().connect(name);
    const [tables] = await admin.query('SHOW TABLES');
    await admin.query('CREATE TABLE letters (letter VARCHAR(1) PRIMARY KEY)');
    await admin.query("INSERT INTO letters VALUES ('a')");
    const [rows] = await admin.query('SELECT letter FROM letters');
    await admin.end();
    expect(tables).toEqual([]);
    expect(rows).toEqual([{ letter: 'a' }]);
  });

  test('has a clock that is not UTC', async () => {
    const admin = await engine.server().connect();
    const [rows] = await admin.query<RowDataPacket[]>(
      'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS seconds',
    );
    await admin.end();
    // Rounded: Dolt's two functions differ in precision.
    expect(Math.round(rows[0]?.seconds / 60)).toBe(330);
  });

  test('lets an everyday user read and write, and not change the schema', async (context) => {
    const database = await freshDatabase(engine, context);
    const alice = await createUser(engine, database, { test: context, name: 'alice' });
    const admin = await engine.server().connect(database.name);
    await admin.query('CREATE TABLE letters (letter VARCHAR(1) PRIMARY KEY)');
    const [methods] = await admin.query('SELECT plugin FROM mysql.user WHERE User = ?', [
      alice.user,
    ]);
    await admin.end();

    const connection = await createConnection({ uri: alice.url, password: alice.password });
    await connection.query("INSERT INTO letters VALUES ('a'), ('b')");
    await connection.query("UPDATE letters SET letter = 'c' WHERE letter = 'a'");
    await connection.query("DELETE FROM letters WHERE letter = 'b'");
    const [rows] = await connection.query('SELECT letter FROM letters');
    const refusal = await connection.query('CREATE TABLE more (n INT PRIMARY KEY)').then(
      () => undefined,
      (error: { errno: number }) => error.errno,
    );
    await connection.end();

    // MySQL 9 has no mysql_native_password, and Dolt no other method without TLS.
    const plugin = engine.name === 'mysql' ? 'caching_sha2_password' : 'mysql_native_password';
    expect(methods).toEqual([{ plugin }]);
    expect(rows).toEqual([{ letter: 'c' }]);
    // Dolt has one number, 1105, for this and much else.
    expect(refusal).toBe(engine.name === 'dolt' ? 1105 : 1142);
  });

  test('refuses a wrong password', async (context) => {
    const database = await freshDatabase(engine, context);
    const { url } = await createUser(engine, database, { test: context, name: 'bob' });
    await expect(createConnection({ uri: url, password: 'wrong' })).rejects.toMatchObject({
      errno: 1045,
    });
  });
});
