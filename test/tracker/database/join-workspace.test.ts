import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { findWorkspace } from '../../../lib/store/tables/workspaces.ts';
import {
  ensureWorkspace,
  type Fingerprint,
  joinWorkspace,
} from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';

const root = 'a'.repeat(40);
const otherRoot = 'b'.repeat(40);
const origin = 'example.com/alice/web';
const id = '01890000-0000-7000-8000-000000000001';

function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-workspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'docket.db');
}

async function freshStore(): Promise<Store> {
  const store = await openStore({ kind: 'sqlite', path: freshFile() });
  onTestFinished(() => store.close());
  return store;
}

function joinAs(store: Store, repository: Fingerprint, name = 'web') {
  return joinWorkspace(store, { repository, name, createdBy: 'alice@one' });
}

test('a second clone of a repository joins the workspace that the first one made', async () => {
  const store = await freshStore();
  const made = await joinAs(store, { rootCommit: root, origin });
  expect(made).toMatchObject({ slug: 'web', joined: false });
  const joined = await joinAs(store, { rootCommit: root, origin }, 'another-folder');
  expect(joined).toEqual({ ...made, joined: true });
});

test.for<[string, Fingerprint, Fingerprint, boolean]>([
  [
    'a clone without a remote',
    { rootCommit: root, origin },
    { rootCommit: root, origin: null },
    true,
  ],
  [
    'a remote that was added later',
    { rootCommit: root, origin: null },
    { rootCommit: root, origin },
    true,
  ],
  [
    'a fork',
    { rootCommit: root, origin },
    { rootCommit: root, origin: 'example.com/bob/web' },
    false,
  ],
  [
    'a new history at the same place',
    { rootCommit: root, origin },
    { rootCommit: otherRoot, origin },
    false,
  ],
  ['a shallow clone', { rootCommit: root, origin }, { rootCommit: null, origin }, true],
  ['a first commit since', { rootCommit: null, origin }, { rootCommit: root, origin }, true],
  [
    'two folders without history',
    { rootCommit: null, origin: null },
    { rootCommit: null, origin: null },
    false,
  ],
])('%s: %j then %j', async ([, first, second, isJoined]) => {
  const store = await freshStore();
  const made = await joinAs(store, first);
  const next = await joinAs(store, second);
  expect(next.joined).toBe(isJoined);
  expect(next.id === made.id).toBe(isJoined);
});

test('slugs that others have are numbered', async () => {
  const store = await freshStore();
  const none = { rootCommit: null, origin: null };
  const slugs: string[] = [];
  for (const name of ['web', 'Web', 'web', 'area51', 'area51', '***', '***']) {
    slugs.push((await joinAs(store, none, name)).slug);
  }
  expect(slugs).toEqual(['web', 'web2', 'web3', 'area51', 'area51-2', 'tasks', 'tasks2']);
});

test('of several workspaces that match, the oldest is joined', async () => {
  const store = await freshStore();
  const repository = { rootCommit: root, origin: null };
  const newer = '01890000-0000-7000-8000-000000000002';
  await ensureWorkspace(store, { id: newer, slug: 'newer', repository }, 'alice@one');
  await ensureWorkspace(store, { id, slug: 'older', repository }, 'alice@one');
  expect(await joinAs(store, repository)).toEqual({ id, slug: 'older', joined: true });
});

test('a committed workspace is made with its id in a database that has not got it', async () => {
  const store = await freshStore();
  await joinAs(store, { rootCommit: otherRoot, origin: null }, 'web');
  expect(await ensureWorkspace(store, { id, slug: 'web' }, 'alice@one')).toEqual({
    id,
    slug: 'web2',
  });
  expect(await ensureWorkspace(store, { id, slug: 'web' }, 'bob@two')).toEqual({
    id,
    slug: 'web2',
  });
  expect(await findWorkspace(store.db, id)).toMatchObject({ seq: 0, taskCount: 0 });
});

test('twelve processes that start at once on an empty database make one workspace', async () => {
  const path = freshFile();
  const script = join(import.meta.dirname, 'join-workspace-process.ts');
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      execa('tsx', [script, path, root, origin], { preferLocal: true, timeout: 90_000 }),
    ),
  );
  const parsed = answers.map(({ stdout }) => JSON.parse(stdout) as { id: string; joined: boolean });
  expect(new Set(parsed.map((answer) => answer.id)).size).toBe(1);
  expect(parsed.filter(({ joined }) => !joined)).toHaveLength(1);
});
