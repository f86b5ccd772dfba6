import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlanState } from '../../../lib/tracker/agents/plan-state.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { useTestLists } from '../../conformance/test-lists.ts';
import type { Engine } from '../../engines/engines.ts';
import { bundleWorker } from '../../tracker/races/processes.ts';
import type { Job } from './worker.ts';

const kills = 12;

/** An orchestrator that is killed at any point, and started again, on an engine. */
export function killSuite(engine: Engine): void {
  const lists = useTestLists(engine, 'kill');
  let worker: { file: string; remove: () => Promise<void> } | undefined;

  beforeAll(async () => {
    worker = await bundleWorker(join(import.meta.dirname, 'worker.ts'));
  });

  afterAll(() => worker?.remove());

  test('one that is killed again and again does nothing twice and leaves nothing behind', async () => {
    const list = await lists.list();
    const subtasks = [
      { title: 'Look', task_type: 'research' as const },
      { title: 'Write a', task_type: 'implementation' as const, needs: [1] },
      { title: 'Write b', task_type: 'implementation' as const, needs: [1] },
      { title: 'Judge b', task_type: 'review' as const, needs: [3] },
      { title: 'Test', task_type: 'testing' as const, needs: [2, 4] },
    ];
    const { task } = await createPlan(list, { title: 'All', subtasks });
    const job: Job = {
      connection: lists.connection(),
      workspaceId: list.workspaceId,
      key: task.key,
    };
    const ends: string[] = [];
    for (let number = 0; number < kills; number += 1) {
      ends.push(await runWorker(worker?.file ?? '', job, 60 + Math.random() * 500));
    }
    ends.push(await runWorker(worker?.file ?? '', job));
    expect(ends.at(-1)).toBe('completed');

    const { root, leaves } = await readPlanState(list, task.key);
    expect(root.status).toBe('completed');
    for (const { task: leaf, runs } of leaves) {
      expect(leaf).toMatchObject({ status: 'completed', claim: null });
      expect(runs.filter(({ status }) => status === 'running')).toEqual([]);
      const done = runs.filter(({ status }) => status === 'completed');
      const steps = done.map(({ role, cycle }) => `${role} ${cycle}`);
      expect(new Set(steps).size).toBe(steps.length);
    }
    const done = leaves.map(({ runs }) =>
      runs.flatMap(({ status, role, verdict }) =>
        status === 'completed' ? `${role} ${verdict}` : [],
      ),
    );
    expect(done).toEqual([
      ['work null'],
      ['work rejected', 'review rejected', 'work approved', 'review approved'],
      ['work rejected', 'work approved'],
      ['review rejected', 'review approved'],
      ['work null'],
    ]);
  });
}

/** What it says in the end; `killed` when it was killed before. */
function runWorker(file: string, job: Job, killAfter?: number): Promise<string> {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL' ? 'killed' : said);
    });
  });
}
