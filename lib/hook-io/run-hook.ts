import { appendFileSync, readSync, statSync, writeSync } from 'node:fs';
import { type HookInput, parseHookInput } from './input.ts';
import { type HookAnswer, type HookEvent, renderHookOutput } from './output.ts';

/** More than Claude Code ever sends; what is longer is not a hook's input. */
const longestInput = 32 * 1024 * 1024;

const longestLog = 256 * 1024;

/**
 * Runs a hook: reads stdin, asks `answer`, prints JSON or nothing, exits 0. Whatever goes wrong
 * inside, the prompt goes on as if docket were not there. This is the one place that prints and
 * exits; synchronous reads and writes cost 4 ms less than streams.
 */
export async function runHook(
  event: HookEvent,
  answer: (input: HookInput) => Promise<HookAnswer | undefined>,
  options: { readonly logFile?: string; readonly onFailure?: HookAnswer } = {},
): Promise<never> {
  try {
    say(event, await answerOrNothing(answer, event, options));
  } catch (error) {
    log(options.logFile, event, error);
  }
  process.exit(0);
}

async function answerOrNothing(
  answer: (input: HookInput) => Promise<HookAnswer | undefined>,
  event: HookEvent,
  { logFile, onFailure }: { readonly logFile?: string; readonly onFailure?: HookAnswer },
): Promise<HookAnswer | undefined> {
  try {
    const input = parseHookInput(readStdin());
    return input === undefined ? onFailure : await answer(input);
  } catch (error) {
    log(logFile, event, error);
    return onFailure;
  }
}

function say(event: HookEvent, answer: HookAnswer | undefined): void {
  const text = answer && renderHookOutput(event, answer);
  if (text !== undefined) print(text);
}

function readStdin(): string {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(65_536);
    const read = readChunk(chunk);
    if (read === 0) break;
    size += read;
    if (size > longestInput) return '';
    chunks.push(chunk.subarray(0, read));
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A pipe that is not ready yet gives EAGAIN when another process made it non-blocking. */
function readChunk(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Keeps what went wrong for `docket doctor`; never the input, which can hold anything. */
function log(file: string | undefined, event: HookEvent, error: unknown): void {
  if (file === undefined) return;
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longestLog) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    appendFileSync(file, `${new Date().toISOString()} ${event} ${text}\n`, { mode: 0o600 });
  } catch {
    // A log that cannot be written must not matter.
  }
}
