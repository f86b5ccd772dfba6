import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
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
    runner: new FunctionRunner(() => undefined),
    cwd: '/',
  });
  await expect(opening).rejects.toThrow('refused');
  // SQLite removes it with the last connection.
  expect(existsSync(`${connection.path}-wal`)).toBe(false);
});

test('a runner of one’s own is told what it does: role, key, title, type and attempt', async () => {
  const seen: unknown[][] = [];
  const { orchestrator, close } = await openOrchestrator({
    connection: { kind: 'sqlite', path: temporaryFile() },
    workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'web' },
    actor: 'alice@one',
    runner: new FunctionRunner(({ role, key, title, type, attempt }) => {
      seen.push([role, key?.replace(/^web-\w+/, 'web'), title, type, attempt]);
      if (role === 'plan') {
        return { title: 'Login', subtasks: [{ title: 'Write it', task_type: 'bugfix' as const }] };
      }
      if (role === 'review') return { status: 'completed', approval: 'approved' };
      return attempt === 1 ? { status: 'failed', outcome: 'no' } : { status: 'completed' };
    }),
    cwd: '/',
  });
  onTestFinished(close);
  const { task } = await orchestrator.planWithAgent('Make a login');
  expect(await orchestrator.run(task.key)).toMatchObject({ status: 'completed' });
  expect(seen).toEqual([
    ['plan', undefined, 'Make a login', null, 1],
    ['work', 'web.1', 'Write it', 'bugfix', 1],
    ['work', 'web.1', 'Write it', 'bugfix', 2],
    ['review', 'web.1', 'Write it', 'bugfix', 1],
  ]);
});
