import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StoreError } from '../../../lib/store/errors.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { explainFailure, readAsItIs } from '../../../lib/store/sqlite/trouble.ts';
import { temporaryFile } from './temporary-file.ts';

test('a file that changes while it is read as it is gives no answer', async () => {
  const path = temporaryFile();
  const writer = new DatabaseSync(path);
  writer.exec('CREATE TABLE letters (letter TEXT)');
  const refusal = new StoreError('unreachable', 'no');
  const { connection, hasChanged } = readAsItIs(DatabaseSync, path, refusal);
  expect(hasChanged?.()).toBe(false);
  writer.exec("INSERT INTO letters VALUES ('a')");
  expect(hasChanged?.()).toBe(true);
  connection.close();
  writer.close();
  expect(() => readAsItIs(DatabaseSync, dirname(path), refusal)).toThrow(refusal);
});

test('what has not come from the log into the file yet is not left out', () => {
  const path = temporaryFile();
  const writer = new DatabaseSync(path);
  writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE letters (letter TEXT)');
  writer.exec("INSERT INTO letters VALUES ('a')");
  const read = readAsItIs(DatabaseSync, path, new StoreError('unreachable', 'no'));
  expect(read.connection.prepare('SELECT letter FROM letters').all()).toEqual([{ letter: 'a' }]);
  read.connection.close();
  writer.close();
});

test('an error of another kind, and one that the file system cannot explain, stay as they are', () => {
  const path = temporaryFile();
  writeFileSync(path, '');
  const error = (errcode: number) =>
    new StoreError('unreachable', 'as SQLite says', { cause: { errcode } });
  for (const errcode of [0, 10, 778, 4874, 14]) {
    const given = error(errcode);
    expect(explainFailure(given, path, { mayTry: true })).toBe(given);
  }
  expect(explainFailure(error(13), path, { mayTry: false }).message).toContain('the disk is full');
  expect(readdirSync(dirname(path))).toEqual(['docket.db']);
  expect(statSync(path).size).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('a damaged file is not read as it is', async () => {
  const path = temporaryFile();
  writeFileSync(path, 'not a database at all, '.repeat(1_000));
  await expect(openSqlite(path, { mode: 'read' })).rejects.toMatchObject({
    message: expect.stringContaining('not a database'),
  });
});
