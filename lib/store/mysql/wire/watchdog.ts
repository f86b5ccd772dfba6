import type { Socket } from 'node:net';
import { silenceError } from './explain-outage.ts';

/** Milliseconds from one look at the socket to the next. */
const tick = 100;

/** What may come at most, of a server that means well or not: 100,000 tasks of 2.6 kB each. */
const most = {
  bytes: 256 * 1024 * 1024,
  /** Bytes without a row that is whole; the longest one of ours has 3 MB. */
  bytesOfRow: 16 * 1024 * 1024,
} as const;

interface Limits {
  /** Milliseconds without a byte. Bytes on their way count as life, so a slow line is no outage. */
  readonly silenceLimit: number;
  /** Milliseconds of the whole answer. */
  readonly timeLimit: number;
  readonly onBreach: (error: Error) => void;
}

interface Watch {
  /** Says that a row is whole, or the description of the columns. */
  progress(): void;
  stop(): void;
}

/**
 * Calls `onBreach` once a server is silent for too long, sends too much, or does not come to an end;
 * mysql2's own timeout ends with the handshake. Time is counted in looks at the socket, so that a
 * process that stood still itself does not blame the server.
 */
export function watchAnswer(
  socket: Pick<Socket, 'bytesRead'>,
  { silenceLimit, timeLimit, onBreach }: Limits,
): Watch {
  const start = socket.bytesRead;
  let seen = start;
  let whole = start;
  let silence = 0;
  let time = 0;

  function look(): void {
    const { bytesRead } = socket;
    time += tick;
    silence = bytesRead === seen ? silence + tick : 0;
    seen = bytesRead;
    const breach = findBreach();
    if (breach === undefined) return;
    clearInterval(timer);
    onBreach(breach);
  }

  function findBreach(): Error | undefined {
    if (silence >= silenceLimit) {
      return silenceError(`the server has said nothing for ${silenceLimit / 1000} s`);
    }
    if (seen - start > most.bytes || seen - whole > most.bytesOfRow) return tooMuch();
    if (time < timeLimit) return undefined;
    return new Error(`its answer did not come to an end within ${timeLimit / 1000} s`);
  }

  const timer = setInterval(look, tick);
  return {
    progress: () => {
      whole = socket.bytesRead;
    },
    stop: () => clearInterval(timer),
  };
}

/** Says that an answer is more than docket reads, as no list of tasks can be. */
export function tooMuch(): Error {
  return new Error(
    'its answer is longer than docket reads; ask for less, or see what answers there',
  );
}
