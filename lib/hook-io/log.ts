import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';

const longest = 256 * 1024;

/**
 * Logs a failure inside a hook for `docket doctor`; never the input, which can hold anything. A log
 * that has grown too long begins again.
 */
export function logFailure(file: string, event: string, error: unknown): void {
  try {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = `${new Date().toISOString()} ${event} ${text}\n`;
    const folder = file.slice(0, file.lastIndexOf('/'));
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const { O_WRONLY, O_CREAT, O_NONBLOCK, O_APPEND, O_TRUNC } = constants;
    // Where a pipe stands, its reader would be waited for.
    const flag = O_WRONLY | O_CREAT | O_NONBLOCK | (size > longest ? O_TRUNC : O_APPEND);
    const log = openSync(file, flag, 0o600);
    writeSync(log, line);
    closeSync(log);
  } catch {
    // A log that cannot be written must not matter.
  }
}
