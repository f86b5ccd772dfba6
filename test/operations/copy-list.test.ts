import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { copyList } from '../../lib/operations/move-list.ts';
import { openDocket } from '../../lib/operations/open-docket.ts';
import type { OnMoving } from '../../lib/tracker/moving/moved-list.ts';

test('who finds a list left by another process says so when that one takes it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const [from, to] = ['old.db', 'new.db'].map((name) => ({
    kind: 'sqlite' as const,
    path: join(folder, name),
  }));
  if (from === undefined || to === undefined) throw new Error('there are two');
  const workspace = { id: randomUUID(), slug: 'web' };
  const docket = await openDocket({ connection: from, workspace, worker: { actor: 'alice@one' } });
  await docket.call('create', { title: 'First' });
  await docket.close();
  const setMovedTo = (url: string | null) => {
    const db = new DatabaseSync(from.path);
    db.prepare('UPDATE workspaces SET moved_to = ?').run(url);
    db.close();
  };
  const leaveFor = `sqlite:${to.path}`;
  const copy = (onProgress?: OnMoving) =>
    copyList({ from, to, workspace: workspace.id }, { leaveFor, onProgress });
  await copy();
  expect(await copy()).toMatchObject({ movedTo: leaveFor });
  let walks = 0;
  let last = Number.POSITIVE_INFINITY;
  const failing = copy(({ done }) => {
    if (done < last) walks += 1;
    last = done;
    // By then this one has found it left.
    if (walks === 2) setMovedTo(null);
  });
  await expect(failing).rejects.toMatchObject({ code: 'contention' });
  expect(await copy()).toMatchObject({ movedTo: leaveFor });
});
