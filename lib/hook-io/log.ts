import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';

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
    const write = size > longest ? writeFileSync : appendFileSync;
    write(file, line, { mode: 0o600 });
  } catch {
    // A log that cannot be written must not matter.
  }
}
