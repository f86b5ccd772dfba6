import { read } from 'node:fs';
import { DocketError } from '../../lib/model/errors.ts';
import { decodeText } from './decode-text.ts';
import { isTerminal } from './is-terminal.ts';

const longestInput = 16 * 1024 * 1024;

/** Milliseconds until someone who waits for docket is told that docket waits for them. */
const silence = 2_000;

/**
 * Reads all of standard input. Says when it waits: at once for a terminal, else after two seconds
 * without an end, as a pipe that nobody closes looks like a command that hangs.
 *
 * @throws DocketError `invalid_input` when it cannot be read, is too long or is not UTF-8.
 */
export async function readStdin(say: (line: string) => void): Promise<string> {
  const waits = () => say('docket: waiting for standard input; its end or Ctrl-D ends the text');
  const isTyped = isTerminal(0);
  if (isTyped) waits();
  const timer = isTyped ? undefined : setTimeout(waits, silence);
  try {
    return decodeText(await readAll(), 'standard input');
  } finally {
    clearTimeout(timer);
  }
}

async function readAll(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let size = 0; ; ) {
    const chunk = await readChunk();
    if (chunk.length === 0) return Buffer.concat(chunks);
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestInput) {
      throw new DocketError('invalid_input', 'standard input has more than 16 MiB');
    }
  }
}

/** Reads what is there; nothing at its end, and where it is closed. */
function readChunk(): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(65_536);
  return new Promise((resolve, reject) => {
    function tryToRead(): void {
      read(0, chunk, 0, chunk.length, null, (error, length) => {
        if (error === null) resolve(chunk.subarray(0, length));
        // Another process made the pipe non-blocking, and it is empty.
        else if (error.code === 'EAGAIN') setTimeout(tryToRead, 5);
        else if (['EOF', 'EBADF'].includes(error.code ?? '')) resolve(chunk.subarray(0, 0));
        else reject(unreadable(error));
      });
    }
    tryToRead();
  });
}

function unreadable(error: NodeJS.ErrnoException): DocketError {
  const isFolder = error.code === 'EISDIR';
  const message = `standard input ${isFolder ? 'is a folder' : `cannot be read: ${error.message}`}`;
  const hint = 'Give it a file (< FILE) or the output of a command (COMMAND | docket ...)';
  return new DocketError('invalid_input', message, { hint, cause: error });
}
