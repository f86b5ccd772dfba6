import { afterEach, expect, test, vi } from 'vitest';
import type { Progress } from '../../lib/model/answers/progress.ts';
import type { AgentResult } from '../../lib/orchestrator/agents/agent-runner.ts';
import { openOrchestrator } from '../../lib/orchestrator/open-orchestrator.ts';
import { temporaryFile } from '../store/sqlite/temporary-file.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a run waits until the limit ends and then goes on with the same step', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  const resetsAt = new Date(Date.now() + 4 * 3_600_000).toISOString();
  const hindrance = { cause: 'limit', message: 'hit it', resetsAt } as const;
  const report = { status: 'completed', outcome: 'done' };
  const answers: AgentResult[] = [{ kind: 'hindered', hindrance }];
  const starts: number[] = [];
  const { orchestrator, close } = await openOrchestrator({
    connection: { kind: 'sqlite', path: temporaryFile() },
    workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'web' },
    actor: 'alice@one',
    cwd: '/',
    runner: {
      run: async () => {
        starts.push(Date.now());
        return answers.shift() ?? { kind: 'report', report };
      },
    },
  });
  const { task } = await orchestrator.plan({
    plan: { title: 'All', subtasks: [{ title: 'Deploy', task_type: 'deployment' }] },
  });
  const told: Progress['kind'][] = [];
  const outcome = await orchestrator.run(task.key, {
    onProgress: (progress) => {
      told.push(progress.kind);
      if (progress.kind === 'waiting') void vi.advanceTimersByTimeAsync(5 * 3_600_000);
    },
  });
  await close();
  expect(outcome).toMatchObject({ status: 'completed', hindrance: null });
  expect(told).toEqual(['started', 'dropped', 'waiting', 'started', 'ended']);
  expect(starts).toHaveLength(2);
  expect(starts[1]).toBeGreaterThan(Date.parse(resetsAt));
});
