import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Result } from './operation.ts';
import type { Job } from './worker.ts';

/** Kills a worker when it has answered so many operations, and so many milliseconds later. */
export interface Death {
  readonly afterResults: number;
  readonly afterMilliseconds: number;
}

export interface WorkerPlan extends Job {
  readonly death?: Death | undefined;
}

/** What a worker had answered by its end. */
export interface Outcome {
  readonly name: string;
  readonly results: readonly Result[];
  readonly wasKilled: boolean;
}

/** A worker's script as one file that node starts in 60 ms; tsx would take ten times as long. */
export async function bundleWorker(
  script = join(import.meta.dirname, 'worker.ts'),
): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-races-'));
  const file = join(folder, 'worker.mjs');
  await build({
    entryPoints: [script],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Starts all workers, lets them go at the same moment, and waits for every one to end. */
export async function race(
  file: string,
  plans: readonly WorkerPlan[],
): Promise<readonly Outcome[]> {
  const workers = plans.map((plan) => start(file, plan));
  await Promise.all(workers.map(({ ready }) => ready));
  for (const { child } of workers) child.stdin?.write('go\n');
  return Promise.all(workers.map(({ end }) => end));
}

function start(file: string, { death, ...job }: WorkerPlan) {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    if (isRunning(child)) child.kill('SIGKILL');
  });
  const { promise: ready, resolve: isReady, reject } = Promise.withResolvers<void>();
  const results: Result[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const value = JSON.parse(line) as 'ready' | Result;
    if (value === 'ready') isReady();
    else results.push(value);
    if (death && value !== 'ready' && results.length === death.afterResults) {
      setTimeout(() => child.kill('SIGKILL'), death.afterMilliseconds);
    }
  });
  const end = new Promise<Outcome>((resolve) => {
    child.once('close', (code, signal) => {
      reject(new Error(`${job.name} ended before it was ready`));
      resolve({ name: job.name, results, wasKilled: signal === 'SIGKILL' || code !== 0 });
    });
  });
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify(job)}\n`);
  return { child, ready, end };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
