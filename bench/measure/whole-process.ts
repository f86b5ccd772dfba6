import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A process as the person who waits for it sees it. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Written to its stdin through a pipe. */
  readonly input: string;
  /** Whether it may print hints on stderr, such as how the rest of a long list is shown. */
  readonly mayHint?: boolean;
}

export interface Finished {
  /**
   * Milliseconds from before the start until the output was read to the end and the process reaped.
   */
  readonly milliseconds: number;
  readonly stdout: string;
}

/**
 * Runs a process from start to end. One that fails or complains is no measurement.
 *
 * @throws Error with its output.
 */
export function runWhole(command: Command): Finished {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    input: command.input,
    encoding: 'utf8',
  });
  const milliseconds = performance.now() - started;
  // A process that reads no input closes the pipe, on a busy machine before it is written.
  if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  const isComplaint = stderr !== '' && !command.mayHint;
  if (status !== 0 || isComplaint) throw new Error(failure(command, status, stderr));
  return { milliseconds, stdout };
}

export function failure({ file, args }: Command, status: number | null, stderr: string): string {
  return `${[file, ...args].join(' ')} ended with ${status}: ${stderr}`;
}
