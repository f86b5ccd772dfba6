import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PromptList } from '../../lib/model/prompt/list.ts';
import { readSnapshot, saveSnapshot } from '../../lib/state/snapshot.ts';
import { freshStateFolder } from './folder.ts';

const id = { database: 'sqlite:/home/alice/tasks.db', workspace: 'w' };
const now = Date.UTC(2026, 10, 21);

function listAt(seq: number): PromptList {
  return {
    slug: 'web',
    seq,
    at: '2026-11-21T00:00:00.000Z',
    mine: [],
    others: [],
    blocked: [],
    ready: [],
    waiting: [],
    counts: { inProgress: 0, blocked: 0, ready: 0, waiting: 0 },
  };
}

test('the last list is kept, and confirmed once a minute while it stays the same', () => {
  const folder = freshStateFolder();
  expect(readSnapshot(folder, id)).toBeUndefined();
  saveSnapshot(folder, id, { list: listAt(1), readAt: now });
  saveSnapshot(folder, id, { list: listAt(1), readAt: now + 59_000 });
  expect(readSnapshot(folder, id)).toMatchObject({ list: listAt(1), readAt: now });
  saveSnapshot(folder, id, { list: listAt(1), readAt: now + 60_000 });
  expect(readSnapshot(folder, id)?.readAt).toBe(now + 60_000);
  saveSnapshot(folder, id, { list: listAt(2), readAt: now + 60_001 });
  expect(readSnapshot(folder, id)).toMatchObject({ list: listAt(2), readAt: now + 60_001 });
  // A clock that was set back.
  saveSnapshot(folder, id, { list: listAt(2), readAt: now - 3_600_000 });
  expect(readSnapshot(folder, id)?.readAt).toBe(now - 3_600_000);
});

test('a restored backup with as many events is another list', () => {
  const folder = freshStateFolder();
  const list = (token: string) => ({ ...listAt(7), known: { token, claims: [] } });
  saveSnapshot(folder, id, { list: list('before'), readAt: now });
  saveSnapshot(folder, id, { list: list('restored'), readAt: now + 1 });
  expect(readSnapshot(folder, id)?.list.known?.token).toBe('restored');
});

test('each list has its own, and what another docket wrote counts as missing', () => {
  const folder = freshStateFolder();
  saveSnapshot(folder, id, { list: listAt(1), readAt: now });
  expect(readSnapshot(folder, { ...id, workspace: 'v' })).toBeUndefined();
  const [name = ''] = readdirSync(join(folder, 'snapshots'));
  const path = join(folder, 'snapshots', name);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  for (const text of ['{"format":0,"list":{"slug":"web"},"readAt":1}', 'null', '[]', '{']) {
    writeFileSync(path, text);
    expect(readSnapshot(folder, id)).toBeUndefined();
  }
});

test.each([
  {},
  { list: null, readAt: now },
  { list: {}, readAt: now },
  { list: listAt(1), readAt: 'soon' },
  { list: { ...listAt(1), mine: 7 }, readAt: now },
])('a half-right file counts as missing, and is written anew: %j', (content) => {
  const folder = freshStateFolder();
  saveSnapshot(folder, id, { list: listAt(1), readAt: now });
  const [name = ''] = readdirSync(join(folder, 'snapshots'));
  writeFileSync(join(folder, 'snapshots', name), JSON.stringify({ format: 1, ...content }));
  expect(readSnapshot(folder, id)).toBeUndefined();
  saveSnapshot(folder, id, { list: listAt(1), readAt: now });
  expect(readSnapshot(folder, id)?.list).toEqual(listAt(1));
});
