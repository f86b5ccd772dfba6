import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { useTestLists } from '../../conformance/test-lists.ts';
import type { Engine } from '../../engines/engines.ts';
import { bundleWorker } from '../races/processes.ts';
import type { Job } from './worker.ts';

const kills = 8;
const trees = 16;

/** An archiving that is killed at any point, and begun again, on an engine. */
export function killSuite(engine: Engine): void {
  const lists = useTestLists(engine, 'archive-kill');
  let worker: { file: string; remove: () => Promise<void> } | undefined;

  beforeAll(async () => {
    worker = await bundleWorker(join(import.meta.dirname, 'worker.ts'));
  });

  afterAll(() => worker?.remove());

  test('each tree is in the list or in the archive, wherever the archiving is killed', async () => {
    const list = await lists.list();
    const docket = docketOn(list);
    for (let number = 0; number < trees; number += 1) {
      const { task } = await docket.call('plan', {
        title: `Plan ${number}`,
        subtasks: [{ title: 'One' }],
      });
      await docket.call('note', { task: `${task.key}.1`, text: 'a note' });
      await docket.call('close', { task: `${task.key}.1` });
    }
    const job = { connection: lists.connection(), workspaceId: list.workspaceId };
    for (let number = 0; number < kills; number += 1) {
      await archive(worker?.file ?? '', job, Math.random() * 60);
      expect(await findViolations(list.store.db, list.workspaceId)).toEqual([]);
    }
    expect(await archive(worker?.file ?? '', job)).toBe('begun done');
    expect(await findViolations(list.store.db, list.workspaceId)).toEqual([]);
    expect((await docket.call('list', { statuses: ['open', 'closed'] })).total).toBe(0);
    const found = await docket.call('search', { text: 'plan', deep: true });
    expect(found.archived?.total).toBe(trees);
  });
}

/** Gives what the process said; it is killed so many milliseconds after it has begun. */
function archive(file: string, job: Job, killAfter?: number): Promise<string> {
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    if (said === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    said += data.toString();
  });
  return new Promise((resolve) => child.on('close', () => resolve(said)));
}
