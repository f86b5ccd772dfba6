import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { normaliseOrigin } from '../../../lib/install/parts/origin.ts';
import { throwAwayMark } from '../../../lib/store/moving/throw-away.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import {
  makeThrowAway,
  removeAbandoned,
  removeThrowAway,
} from '../../../lib/tracker/database/throw-away.ts';
import { makeId } from '../../../lib/tracker/ids.ts';

const alive = 100;
const probe = { scope: 'here', isAlive: (id: number) => id === alive };

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'docket-throw-away-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const store = await openStore({ kind: 'sqlite', path: join(folder, 'tasks.db') });
  onTestFinished(() => store.close());
  return store;
}

test('lists of processes that have ended are removed, and those of others and of people stay', async () => {
  const store = await open();
  const make = async (slug: string, owner: { scope: string | null; id: number }) => {
    await makeThrowAway(store, { id: makeId(), slug }, { start: '1', ...owner });
  };
  await make('ended', { scope: 'here', id: 1 });
  await make('at-work', { scope: 'here', id: alive });
  await make('elsewhere', { scope: 'there', id: 1 });
  await make('unknown', { scope: null, id: 1 });
  await ensureWorkspace(store, { id: makeId(), slug: 'verify-1' }, 'docket verify');
  expect(await removeAbandoned(store, probe)).toEqual(['ended']);

  // Half an hour later.
  const aged = "UPDATE workspaces SET created_at = '2026-01-01 00:00:00.000'";
  await store.db.run(aged);
  expect(await removeAbandoned(store, probe)).toEqual(['elsewhere', 'unknown']);
  const left = await store.db.query('SELECT slug FROM workspaces ORDER BY slug');
  expect(left.map(({ slug }) => slug)).toEqual(['at-work', 'verify-1']);
});

test('a list of somebody’s is not removed, whoever asks for it', async () => {
  const store = await open();
  const name = { id: makeId(), slug: 'verify-1' };
  await ensureWorkspace(store, name, 'docket verify');
  expect(await removeThrowAway(store, name)).toBe(false);
  expect(await store.db.query('SELECT id FROM workspaces')).toHaveLength(1);
});

test.each([
  'docket-verify:{"id":1}',
  'docket-verify:x',
  'https://docket-verify:80/x',
  'a@docket-verify:x',
])('no repository’s list is taken for one of a verification: %s', (url) => {
  expect(normaliseOrigin(url, '/home/alice/web')?.startsWith(throwAwayMark)).toBe(false);
});
