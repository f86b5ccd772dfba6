import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine. */
const tick = 10;

/**
 * Reads the milliseconds of processor time that another process has taken; undefined where the
 * system does not say it in /proc, or the process is gone.
 */
export function processorTime(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    // The second field is the program's name in parentheses, and may have blanks.
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return ((user ?? 0) + (system ?? 0)) * tick;
  } catch {
    return undefined;
  }
}
