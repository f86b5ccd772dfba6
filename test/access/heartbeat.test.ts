import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withList } from '../../lib/access/open-list.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { openCliHarness } from '../cli/cli-harness.ts';

const refusal = `CREATE TRIGGER refused BEFORE INSERT ON sessions
  BEGIN SELECT RAISE(ABORT, 'refused'); END`;

test('a heartbeat that failed is tried again by the next command', async () => {
  const harness = openCliHarness();
  await harness.text('list');
  await run(harness.database, 'DELETE FROM sessions');
  await run(harness.database, refusal);
  const late = harness.with({ env: { DOCKET_SESSION: 'session-b' } });
  await late.text('list');
  await run(harness.database, 'DROP TRIGGER refused');
  await late.text('list');
  expect(await sessionsIn(harness.database)).toEqual(['session-b']);
});

test('each list has a heartbeat of its own', async () => {
  const harness = openCliHarness();
  await harness.text('list');
  const other = join(harness.home, 'other.db');
  writeFileSync(other, '');
  await harness.text('list', '--database', `sqlite:${other}`);
  expect(await sessionsIn(other)).toEqual(['session-a']);
});

test('what asks again and again for a person who may be away is no sign of life', async () => {
  const { env, project: cwd, database } = openCliHarness();
  const work = async () => ({ data: null });
  await withList({ env, cwd, isWatching: true }, work);
  expect(await sessionsIn(database)).toEqual([]);
  await withList({ env, cwd }, work);
  expect(await sessionsIn(database)).toEqual(['session-a']);
});

async function run(path: string, sql: string): Promise<void> {
  const store = await openStore({ kind: 'sqlite', path });
  await store.db.run(sql);
  await store.close();
}

async function sessionsIn(path: string): Promise<readonly unknown[]> {
  const store = await openStore({ kind: 'sqlite', path });
  const rows = await store.db.query('SELECT id FROM sessions ORDER BY id');
  await store.close();
  return rows.map(({ id }) => id);
}
