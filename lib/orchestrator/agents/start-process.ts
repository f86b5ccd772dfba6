import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex, Readable } from 'node:stream';
import { execa } from 'execa';
import { keepTail } from './keep-tail.ts';
import { supervisor } from './supervisor.gen.ts';

export interface ProcessRequest {
  /** The command and its arguments; it is looked up on the PATH of `env`. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Ends the process and all that it started. */
  readonly signal: AbortSignal;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly graceMs?: number;
}

export interface ProcessEnd {
  /**
   * The exit code as a shell tells it: 127 not found, 128 + n ended by signal n. Undefined when it
   * did not start, or did not even end when it was killed.
   */
  readonly code: number | undefined;
  /** The last 8 MiB. */
  readonly stdout: string;
  /** The last 64 KiB; for a process that did not start, the reason. */
  readonly stderr: string;
}

const defaultGraceMs = 5_000;

const keptOutput = 8 * 1024 ** 2;
const keptErrors = 64 * 1024;

/**
 * Milliseconds of waiting after the kill: a process that waits for a disk which is gone does not
 * die.
 */
const abandonMs = 10_000;

/**
 * Milliseconds of reading after the end: the process's output has arrived by then, and others that
 * hold its pipes open may live on.
 */
const drainMs = 500;

/**
 * Runs a process to its end. Whatever ends this process, a kill -9 included, ends that one as well:
 * see supervisor.sh. Throws nothing and takes nothing but plain data, as it is a bundle of its own.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  const { signal, stdin, graceMs = defaultGraceMs } = request;
  if (signal.aborted) return notStarted('cancelled');
  const started = start(request);
  if (typeof started === 'string') return notStarted(started);
  const { child, control } = started;
  const stdout = keepTail(child.stdout, keptOutput);
  const stderr = keepTail(child.stderr, keptErrors);
  const status = keepTail(control, 64);
  // A process may end, or close its stdin, before it has read everything.
  for (const stream of [child.stdin, control]) stream.on('error', () => {});
  if (child.pid === undefined) {
    const { originalMessage } = await child;
    return notStarted(originalMessage ?? 'it does not start');
  }
  child.stdin.end(stdin);
  const over = once(control, 'close');
  let abandon: NodeJS.Timeout | undefined;
  const end = () => {
    control.end();
    abandon ??= setTimeout(() => control.destroy(), graceMs + abandonMs);
  };
  signal.addEventListener('abort', end, { once: true });
  // The supervisor ends last, unless somebody else has killed it.
  child.nodeChildProcess.once('exit', end);
  await over;
  signal.removeEventListener('abort', end);
  clearTimeout(abandon);
  await drain([child.stdout, child.stderr]);
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  const code = /^\d+/.exec(status.text())?.[0];
  return {
    code: code === undefined ? undefined : Number(code),
    stdout: stdout.text(),
    stderr: stderr.text(),
  };
}

function notStarted(stderr: string): ProcessEnd {
  return { code: undefined, stdout: '', stderr };
}

/** Starts the supervisor, or says why it cannot: a NUL in an argument, for one. */
function start({ command, cwd, env, graceMs = defaultGraceMs }: ProcessRequest) {
  try {
    const words = [randomUUID(), String(graceMs / 1_000), ...command];
    const child = execa('/bin/sh', ['-c', supervisor, 'sh', ...words], {
      cwd,
      env,
      extendEnv: false,
      // The supervisor leads a process group of its own, which is the one that it ends.
      detached: true,
      cleanup: false,
      reject: false,
      buffer: false,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    return { child, control: child.stdio[3] as unknown as Duplex };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function drain(streams: readonly Readable[]): Promise<void> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), drainMs);
  const { signal } = enough;
  const closed = streams.map((stream) => stream.closed || once(stream, 'close', { signal }));
  await Promise.allSettled(closed);
  clearTimeout(timer);
}
