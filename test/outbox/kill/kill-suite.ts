import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readQueue } from '../../../lib/outbox/queue.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { useTestLists } from '../../conformance/test-lists.ts';
import type { Engine } from '../../engines/engines.ts';
import { bundleWorker } from '../../tracker/races/processes.ts';
import { testQueue } from '../test-queue.ts';
import type { Job } from './worker.ts';

/** The longest time, in milliseconds, that a process lives after the word that it is killed after. */
const lives = { queue: 15, send: 160 } as const;
/** The words of one that queues: it has begun, and three changes are acknowledged. */
const words = 4;

/** Processes that queue changes and that send them, killed at any moment, on an engine. */
export function killSuite(engine: Engine, usualKills: number): void {
  const kills = Number(process.env.DOCKET_TEST_OUTBOX_KILLS ?? usualKills);
  const lists = useTestLists(engine, 'outbox-kill');
  let worker: { file: string; remove: () => Promise<void> } | undefined;

  beforeAll(async () => {
    worker = await bundleWorker(join(import.meta.dirname, 'worker.ts'));
  });

  afterAll(() => worker?.remove());

  test(`of ${kills} kills while changes are queued and sent, none loses or repeats one that was acknowledged`, {
    timeout: 3_600_000,
  }, async () => {
    const list = await lists.list();
    const { task } = await createTask(list, { title: 'Task' });
    const queue = testQueue(list);
    const slug = task.key.slice(0, task.key.lastIndexOf('-'));
    const job = { connection: lists.connection(), queue, slug, task: task.key };
    const acknowledged: string[] = [];
    const file = worker?.file ?? '';
    for (let number = 0; number < kills; number += 2) {
      const [said] = await Promise.all([
        killed(file, { ...job, work: 'queue' }, 1 + ((number / 2) % words)),
        killed(file, { ...job, work: 'send' }, 1),
      ]);
      acknowledged.push(...said);
    }
    expect(await run(file, { ...job, work: 'finish' })).toEqual(['{"kept":0,"left":0}']);
    expect(readQueue(queue)).toEqual([]);
    // However slow the machine is, one in four is killed only after all three.
    expect(acknowledged.length).toBeGreaterThanOrEqual(3 * Math.floor(kills / 2 / words));

    const { store, workspaceId } = list;
    const texts = await store.db.query(
      `SELECT title AS text FROM tasks WHERE workspace_id = ? AND task_key <> ?
       UNION ALL SELECT body FROM task_notes WHERE task_id IN
         (SELECT id FROM tasks WHERE workspace_id = ?)`,
      [workspaceId, task.key, workspaceId],
    );
    const made = texts.map(({ text }) => String(text));
    const requests = await store.db.query(
      'SELECT request_id FROM applied_requests WHERE workspace_id = ?',
      [workspaceId],
    );
    const events = await store.db.query(
      'SELECT COUNT(*) AS count FROM task_events WHERE workspace_id = ?',
      [workspaceId],
    );
    // Each is there once at most, and all that were acknowledged are.
    expect(new Set(made).size).toBe(made.length);
    expect(acknowledged.filter((id) => !made.includes(id))).toEqual([]);
    expect(requests.map((row) => String(row.request_id)).sort()).toEqual(made.toSorted());
    expect(Number(events[0]?.count)).toBe(made.length + 1);
    if (process.env.DOCKET_TEST_OUTBOX_KILLS !== undefined) {
      process.stderr.write(
        `${engine.name}: ${kills} kills, ${acknowledged.length} acknowledged, ${made.length} there, none twice\n`,
      );
    }
  });
}

/**
 * Runs a worker, kills it at any moment once it has said so many words, and gives what it
 * acknowledged.
 */
async function killed(
  file: string,
  job: Job & { readonly work: keyof typeof lives },
  afterWords: number,
) {
  return run(file, job, { afterWords, milliseconds: Math.random() * lives[job.work] });
}

interface Life {
  readonly afterWords: number;
  readonly milliseconds: number;
}

function run(file: string, job: Job, life?: Life): Promise<readonly string[]> {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let isDoomed = false;
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (isDoomed || life === undefined || said.split('\n').length <= life.afterWords) return;
    isDoomed = true;
    setTimeout(() => child.kill('SIGKILL'), life.milliseconds);
  });
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      const isKilled = code === null;
      if (isKilled !== (life !== undefined))
        reject(new Error(`a worker ended with ${code}: ${said}`));
      // A line that was not written whole is no word.
      resolve(
        said
          .split('\n')
          .slice(0, -1)
          .filter((line) => line !== 'ready'),
      );
    });
  });
}
