import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDocket } from '../../lib/operations/open-docket.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';
import { bundleWorker } from '../tracker/races/processes.ts';
import { secret, until } from './notified-list.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** How often it is killed; a long run is `DOCKET_TEST_NOTIFY_KILLS=300`. */
const kills = Number(process.env.DOCKET_TEST_NOTIFY_KILLS ?? 4);

let docket: { file: string; remove: () => Promise<void> };

beforeAll(async () => {
  docket = await bundleWorker(join(import.meta.dirname, '../../cli/bin.ts'));
});

afterAll(() => docket.remove());

/** Makes a person whose only target is a receiver. */
function tellReceiver(harness: CliHarness, receiver: Receiver): void {
  const folder = join(harness.home, 'config/docket');
  mkdirSync(folder, { recursive: true });
  const targets = { ops: { url: receiver.url, secret, private: true } };
  writeFileSync(join(folder, 'notify.json'), JSON.stringify({ targets }), { mode: 0o600 });
}

function start({ project, env }: CliHarness, ...flags: readonly string[]) {
  const child = spawn(process.execPath, [docket.file, 'notify', ...flags], {
    cwd: project,
    env: { ...env, PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }));
  return { child, ended, said: () => said };
}

test('whenever it is killed, each event arrives at least once, in order', async () => {
  const harness = openCliHarness();
  const receiver = await startReceiver(async (response) => {
    // Some kills come between the answer and what is written of it.
    await wait(Math.random() * 6);
    response.writeHead(204).end();
  });
  tellReceiver(harness, receiver);
  await harness.create('First');
  const list = await openDocket({
    folder: harness.project,
    env: harness.env,
    worker: { actor: 'bob' },
  });
  for (let round = 0; round < kills; round += 1) {
    const subtasks = Array.from({ length: 30 }, (_, index) => ({ title: `Step ${index}` }));
    await list.call('plan', { title: `Plan ${round}`, subtasks });
    const before = receiver.received.length;
    const { child, ended } = start(harness, ...(round === 0 ? ['--from', '0'] : []));
    await until(() => receiver.received.length > before || child.exitCode !== null);
    await wait(Math.random() * 60);
    child.kill('SIGKILL');
    // The lock is gone with the process: the next one begins.
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  }
  const { seq: newest } = await list.eventsSince(0, { limit: 1 });
  await list.close();
  expect(await start(harness, '--once').ended).toMatchObject({ code: 0 });
  const seqs = receiver.seqs().map((seq) => seq ?? 0);
  expect([...new Set(seqs)]).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
  // After a kill comes the event again that was under way, and no older one.
  const steps = seqs.slice(1).map((seq, index) => seq - (seqs[index] ?? 0));
  expect(steps.filter((step) => step !== 0 && step !== 1)).toEqual([]);
  expect(steps.filter((step) => step === 0).length).toBeLessThanOrEqual(kills);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(newest);
});

test('SIGTERM ends it with 0, and a second one of a person for a list does not start', async () => {
  const harness = openCliHarness();
  const receiver = await startReceiver();
  tellReceiver(harness, receiver);
  await harness.create('First');
  const first = start(harness);
  await until(() => first.said().includes('begins now') || first.child.exitCode !== null);
  const second = await start(harness).ended;
  expect(second).toMatchObject({ code: 4 });
  expect(second.said).toContain('a docket notify of yours runs already for web');
  await harness.create('Second');
  await until(() => receiver.received.length === 1);
  first.child.kill('SIGTERM');
  const { code, said } = await first.ended;
  expect(code).toBe(0);
  expect(said).toContain('sent 1, told up to event 2');
  expect(said).not.toMatch(/not-for-people|whsec_/);
});
