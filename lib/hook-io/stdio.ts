import { read, writeSync } from 'node:fs';
import { withDeadline } from './deadline.ts';
import { createInputEnd } from './input-end.ts';

/** More than Claude Code ever sends; a longer input is not a hook's. */
const longestInput = 32 * 1024 * 1024;

/**
 * The time that Claude Code has for writing a hook's input, 1.5 s, which leaves a prompt's hook the
 * time to read the list.
 */
const inputDeadline = { waitsFor: 'stdin', firstByte: 150, total: 150 };

/**
 * Reads a hook's input from stdin, as far as its JSON object goes: Claude Code closes stdin late at
 * times, or never. A stream would cost 3 ms more than reading the descriptor.
 *
 * @throws DeadlineError when the input does not come, or not whole.
 */
export function readStdin(): Promise<string> {
  return withDeadline(readInput, inputDeadline);
}

async function readInput(onFirstByte: () => void): Promise<string> {
  const findEnd = createInputEnd();
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const piece = await readPiece();
    onFirstByte();
    size += piece.length;
    if (size > longestInput) return '';
    const end = findEnd(piece);
    pieces.push(piece.subarray(0, end));
    if (piece.length === 0 || end !== undefined) return Buffer.concat(pieces).toString('utf8');
  }
}

let isReading = false;

/** Reads what is there; nothing at the end of stdin. */
function readPiece(): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(65_536);
  return new Promise((resolve, reject) => {
    function tryToRead(): void {
      isReading = true;
      read(0, piece, 0, piece.length, null, (error, length) => {
        isReading = false;
        if (error === null) resolve(piece.subarray(0, length));
        else if (error.code === 'EOF') resolve(piece.subarray(0, 0));
        // Another process made the pipe non-blocking, and it is empty.
        else if (error.code === 'EAGAIN') setTimeout(tryToRead, 2);
        else reject(error);
      });
    }
    tryToRead();
  });
}

/**
 * Ends the process. A thread that waits for a silent stdin would keep it from exiting for as long
 * as stdin stays open, so it goes by the signal of an alarm clock then, which the launcher knows.
 */
export function exit(): never {
  if (isReading) process.kill(process.pid, 'SIGALRM');
  process.exit(0);
}

/**
 * Prints text.
 *
 * @throws Error when nobody reads any more.
 */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      waitWhenBusy(error);
    }
  }
}

/** Waits when stdout is busy: a pipe that another process made non-blocking is full at times. */
function waitWhenBusy(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
