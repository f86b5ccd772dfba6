import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // What has ended and was not collected yet does not run.
  return process.platform !== 'linux' || !/^\d+ \(.*\) Z/s.test(statOf(pid));
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return `${pid} () Z`;
  }
}

/** The process ids in a file, once there are so many. */
export async function readPids(file: string, count: number): Promise<readonly number[]> {
  const read = () => {
    try {
      return readFileSync(file, 'utf8').trim().split('\n').map(Number).filter(Boolean);
    } catch {
      return [];
    }
  };
  await expect.poll(() => read().length, { timeout: 20_000 }).toBe(count);
  return read();
}
