import { spawn } from 'node:child_process';
import type { Env } from '../../config/paths.ts';
import type { OwnStart } from '../parts/own-launcher.ts';

/** The outcome of a hook that was started as Claude Code starts it. */
export interface HookRun {
  readonly command: string;
  readonly milliseconds: number;
  /** null when it was ended because its time was up, or could not be started. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly folder: string;
  /** The seconds that the entry grants. */
  readonly timeout: unknown;
  readonly env: Env;
  readonly input: unknown;
}

/** Claude Code's own default for a hook without `timeout`, in seconds; doctor waits no longer. */
const longestTimeout = 30;

/** Starts docket's launcher as Claude Code does. */
export function runHookEntry(
  { file, args }: OwnStart,
  { folder, env, input, timeout }: RunOptions,
): Promise<HookRun> {
  const seconds = typeof timeout === 'number' ? Math.min(timeout, longestTimeout) : longestTimeout;
  const started = performance.now();
  return new Promise((resolve) => {
    const output = { stdout: '', stderr: '' };
    // A group of its own, so that what the hook started ends with it.
    const child = spawn(file, args, { cwd: folder, env: { ...env }, detached: true });
    const timer = setTimeout(() => endGroup(child.pid), seconds * 1_000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      const milliseconds = performance.now() - started;
      resolve({ command: [file, ...args].join(' '), milliseconds, exitCode, ...output });
    };
    child.on('error', (error) => {
      output.stderr += error.message;
      finish(null);
    });
    child.on('close', finish);
    // A hook may end without reading its input.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(input));
  });
}

function endGroup(id: number | undefined): void {
  try {
    if (id !== undefined) process.kill(-id, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
