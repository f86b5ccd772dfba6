import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLost } from '../../../bench/fleet/find-lost.ts';
import { prepareDatabase } from '../../../bench/seed/seed.ts';
import { workspace } from '../../../bench/world/installed-user.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';

test('what a database does not have, has twice or gave out twice is found', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-fleet-'));
  context.onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const connection = { kind: 'sqlite', path: join(folder, 'list.db') } as const;
  await prepareDatabase(connection, workspace);
  const store = await openStore(connection);
  context.onTestFinished(() => store.close());
  const scope: Scope = {
    store,
    workspaceId: workspace.id,
    worker: { session: 'fleet-1', agent: 'main', actor: 'alice@one' },
    probe: { scope: null, isAlive: () => true },
  };
  const title = 'Wire the flux valve';
  const { key } = (await createTask(scope, { title })).task;
  const claim = { session: 'fleet-1', key };
  await claimTask(scope, key);
  await addNote(scope, key, 'halfway');
  const kept = { creates: [{ key, title }], claims: [claim], notes: ['halfway'], closes: [] };
  expect(await findLost(connection, workspace.id, kept)).toEqual({ claimedTwice: [], lost: [] });

  await addNote(scope, key, 'halfway');
  await closeTask(scope, (await createTask(scope, { title: 'Another' })).task.key);
  await store.db.run('DELETE FROM task_events WHERE seq = 2');
  expect(
    await findLost(connection, workspace.id, {
      creates: [{ key: 'web-none', title }],
      claims: [claim, { session: 'fleet-2', key }, { session: 'fleet-2', key: 'web-none' }],
      notes: ['done'],
      closes: [claim],
    }),
  ).toEqual({
    claimedTwice: [key],
    lost: [
      'note done',
      'written twice: halfway',
      'task web-none',
      `close of ${key}`,
      `claim of ${key}`,
      'claim of web-none',
      '1 events of the one order',
    ],
  });
});
