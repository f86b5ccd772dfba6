import { spawn } from 'node:child_process';
import type { Env } from '../../config/paths.ts';
import type { OwnStart } from './own-launcher.ts';

/** The outcome of a process. */
export interface ProcessRun {
  readonly command: string;
  readonly milliseconds: number;
  /** null when it was ended because its time was up, or could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly folder: string;
  readonly env: Env;
  readonly stdin: string;
  /** The seconds after which it is ended. */
  readonly seconds: number;
  /** Ends it when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Starts a process in a group of its own, so that what it starts ends with it. */
export function runProcess(
  { file, args }: OwnStart,
  { folder, env, stdin, seconds, signal }: ProcessOptions,
): Promise<ProcessRun> {
  const started = performance.now();
  return new Promise((resolve) => {
    const output = { stdout: '', stderr: '' };
    const child = spawn(file, args, { cwd: folder, env: { ...env }, detached: true });
    const end = () => endGroup(child.pid);
    const timer = setTimeout(end, seconds * 1_000);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      const milliseconds = performance.now() - started;
      resolve({ command: [file, ...args].join(' '), milliseconds, exitCode, ...output });
    };
    child.on('error', (error) => {
      output.stderr += error.message;
      finish(null);
    });
    child.on('close', finish);
    // It may end without reading its input.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

function endGroup(id: number | undefined): void {
  try {
    if (id !== undefined) process.kill(-id, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
