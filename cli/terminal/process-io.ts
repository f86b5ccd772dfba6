import { writeSync } from 'node:fs';
import { workingFolder } from '../../lib/config/working-folder.ts';
import { type OutputStyle, plainStyle } from '../../lib/render/text/style.ts';
import type { CommandIo, RunResult } from './io.ts';
import { isTerminal, mayBeTerminal } from './is-terminal.ts';
import { readStdin } from './read-stdin.ts';
import type { Terminal } from './terminal.ts';
import { requireUtf8 } from './undecoded-arguments.ts';

// Only this file of the CLI writes the process's streams and ends the process; read-stdin.ts reads,
// and process-terminal.ts takes keys.
// Both use file descriptors: process.stdout costs 2 ms and does not tell when a reader has gone.

export async function createProcessIo(): Promise<CommandIo> {
  const env = personEnv();
  return {
    env,
    cwd: workingFolder(),
    isTerminal: hasTerminal,
    canEdit,
    style: await findStyle(),
    readStdin: () => readStdin(progress),
    print: (text) => write(1, text),
    progress,
    requireUtf8,
    live: async () => {
      const terminal = env.CI ? undefined : await openTerminal('stderr');
      if (terminal === undefined) return undefined;
      const { isInBackground } = await import('./process-terminal.ts');
      return isInBackground() ? undefined : terminal;
    },
    terminal: () => openTerminal('stdout'),
    interruption,
  };
}

/** Gives the person's environment, with what the `docket` command keeps from its own Node.js. */
function personEnv(): CommandIo['env'] {
  const { DOCKET_NODE_OPTIONS: options, ...env } = process.env;
  return options === undefined ? process.env : { ...env, NODE_OPTIONS: options };
}

function progress(line: string): void {
  write(2, `${line}\n`);
}

/** Prints the output that is left and ends the process. */
export function finish({ stdout, stderr, exitCode }: RunResult): never {
  write(2, stderr);
  try {
    write(1, stdout);
  } catch (error) {
    // The disk behind a redirection is full; the command itself has done its work.
    write(2, `docket: cannot write its output: ${(error as Error).message}\n`);
    process.exit(1);
  }
  process.exit(exitCode);
}

/** Opens the terminal behind a stream; undefined where it is none, or cannot be painted. */
async function openTerminal(stream: 'stdout' | 'stderr'): Promise<Terminal | undefined> {
  const descriptor = stream === 'stdout' ? 1 : 2;
  if (process.env.TERM === 'dumb' || !isTerminal(descriptor)) return undefined;
  const terminal = await import('./process-terminal.ts');
  return terminal.openTerminal(stream, (text) => write(descriptor, text));
}

async function findStyle(): Promise<OutputStyle> {
  if (!isTerminal(1)) return plainStyle;
  const { WriteStream } = await import('node:tty');
  const { columns, rows } = new WriteStream(1);
  const { NO_COLOR, TERM } = process.env;
  return {
    // A terminal that does not tell its size says 0.
    width: columns || undefined,
    height: rows || undefined,
    colour: !NO_COLOR && TERM !== 'dumb',
  };
}

function hasTerminal(): boolean {
  return [0, 1, 2].some(isTerminal);
}

function canEdit(): boolean {
  return isTerminal(0) && isTerminal(1);
}

const exitOnSignal = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, exitCode] of Object.entries(exitOnSignal)) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitCode);
      controller.abort();
    });
  }
  return controller.signal;
}

/** Writes everything, in parts where a pipe takes only parts. A reader who left is no error. */
function write(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    const written = patiently(descriptor, () => writeSync(descriptor, rest));
    if (written === undefined) return;
    rest = rest.subarray(written);
  }
}

/**
 * Tries again while a non-blocking stream is not ready; undefined when the other end is gone. A
 * terminal whose window was closed says EIO.
 */
function patiently(descriptor: number, action: () => number): number | undefined {
  for (;;) {
    try {
      return action();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') {
        if (code === 'EPIPE' || code === 'EOF' || code === 'EBADF') return undefined;
        if (code === 'EIO' && mayBeTerminal(descriptor)) return undefined;
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
