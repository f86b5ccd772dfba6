import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../lib/model/answers/progress.ts';
import type { Connection } from '../../lib/model/connection.ts';
import { reconnectBudget } from '../../lib/model/waiting.ts';
import { FunctionRunner } from '../../lib/orchestrator/agents/function-runner.ts';
import { openOrchestrator } from '../../lib/orchestrator/open-orchestrator.ts';
import { migrateDatabase } from '../../lib/tracker/database/migrate.ts';
import { startDolt } from '../engines/dolt.ts';
import { startMariadb } from '../engines/mariadb.ts';

describe.each([
  // The tests' server leaves it to the disk when it writes; here it must remember.
  {
    name: 'MariaDB',
    start: () => startMariadb({ args: ['--innodb-flush-log-at-trx-commit=1'] }),
  },
  { name: 'Dolt', start: startDolt },
])('a $name server that dies while agents work', ({ start }) => {
  test('costs no report: it is recorded when the server is back, and nothing runs twice', async (context) => {
    const server = await start();
    context.onTestFinished(() => server.stop());
    await server.createDatabase('tasks');
    const connection: Connection = {
      kind: 'mysql',
      host: '127.0.0.1',
      port: server.port,
      database: 'tasks',
      user: 'root',
      password: '',
      tls: 'off',
    };
    await migrateDatabase(connection);
    const progress: Progress[] = [];
    let calls = 0;
    const runner = new FunctionRunner(async ({ env }) => {
      calls += 1;
      if (env.DOCKET_TASK?.endsWith('.1')) {
        await server.halt('SIGKILL');
        // Longer than the store itself goes on to connect: the orchestrator has to try again.
        setTimeout(() => void server.resume(), reconnectBudget.time + 2_000);
      }
      return { status: 'completed', outcome: 'done' };
    });
    const { orchestrator, close } = await openOrchestrator({
      connection,
      workspace: { id: randomUUID(), slug: 'web' },
      actor: 'alice@one',
      runner,
      cwd: '/',
    });
    context.onTestFinished(close);
    const subtasks = [1, 2].map((number) => ({
      title: `Step ${number}`,
      task_type: 'research' as const,
    }));
    const { task } = await orchestrator.plan({ plan: { title: 'All', subtasks } });
    const onProgress = (each: Progress) => progress.push(each);
    expect((await orchestrator.run(task.key, { onProgress })).status).toBe('completed');
    expect(calls).toBe(2);
    expect(progress).toContainEqual(expect.objectContaining({ kind: 'retrying' }));
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });
});
