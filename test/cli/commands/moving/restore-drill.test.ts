import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { BackupAnswer } from '../../../../lib/model/answers/backup.ts';
import type { SqlValue } from '../../../../lib/store/contract.ts';
import { openStore } from '../../../../lib/tracker/database/open.ts';
import { findViolations } from '../../../conformance/invariants/check-invariants.ts';
import { bundleWorker } from '../../../tracker/races/processes.ts';
import { openCliHarness, workspace } from '../../cli-harness.ts';

type Rows = readonly Readonly<Record<string, SqlValue>>[];

async function rowsOf(path: string, sql: string): Promise<Rows> {
  const store = await openStore({ kind: 'sqlite', path });
  const rows = await store.db.query(sql);
  await store.close();
  return rows;
}

test.each([[[]], [['--dump']]])(
  'a file that is lost while processes write to it comes back (%j)',
  async (flags) => {
    const harness = openCliHarness();
    const { database } = harness;
    const folder = join(harness.home, 'backups');
    await harness.create('First');
    const { file, remove } = await bundleWorker(join(import.meta.dirname, 'writer-process.ts'));
    onTestFinished(remove);
    const said: string[] = [];
    const writers = ['one', 'two'].map((name) => {
      const args = [file, database, workspace.id, name];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => void child.kill('SIGKILL'));
      createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
      return { child, end: new Promise((resolve) => child.once('close', resolve)) };
    });
    const written = async (count: number) => {
      while (said.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await written(20);
    const acknowledged = [...said];
    const made = await harness.json(BackupAnswer, 'backup', folder, ...flags);
    await written(acknowledged.length + 20);
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ end }) => end));
    const history = await rowsOf(database, 'SELECT * FROM task_events ORDER BY seq');
    for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true });

    expect(await harness.error('list')).toMatchObject({ exitCode: 69 });
    await harness.text('restore', made.to);
    const found = await rowsOf(database, 'SELECT * FROM task_events ORDER BY seq');
    expect(found.length).toBeGreaterThan(acknowledged.length);
    expect(found.length).toBeLessThan(history.length);
    expect(found).toEqual(history.slice(0, found.length));
    const titles = await rowsOf(database, 'SELECT title FROM tasks');
    const restored = new Set(titles.map(({ title }) => title));
    expect(acknowledged.filter((title) => !restored.has(title))).toEqual([]);
    const store = await openStore({ kind: 'sqlite', path: database });
    onTestFinished(() => store.close());
    expect(await findViolations(store.db, workspace.id)).toEqual([]);
    const key = await harness.create('After the drill');
    await harness.text('claim', key);
    await harness.text('close', key, '--outcome', 'works');
  },
);
