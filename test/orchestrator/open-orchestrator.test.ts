import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FunctionRunner } from '../../lib/orchestrator/agents/function-runner.ts';
import { openOrchestrator } from '../../lib/orchestrator/open-orchestrator.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { temporaryFile } from '../store/sqlite/temporary-file.ts';

test('a list that cannot be made leaves no connection open', async () => {
  const connection = { kind: 'sqlite', path: temporaryFile() } as const;
  const store = await openStore(connection);
  await store.db.run(`CREATE TRIGGER no_workspaces BEFORE INSERT ON workspaces
    BEGIN SELECT RAISE(ABORT, 'refused'); END`);
  await store.close();
  const opening = openOrchestrator({
    connection,
    workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'web' },
    actor: 'alice@one',
    runner: new FunctionRunner(() => null),
    cwd: '/',
  });
  await expect(opening).rejects.toThrow('refused');
  // SQLite removes it with the last connection.
  expect(existsSync(`${connection.path}-wal`)).toBe(false);
});
