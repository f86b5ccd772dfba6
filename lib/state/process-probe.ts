import { readFileSync, readlinkSync } from 'node:fs';
import type { ProcessProbe } from '../model/liveness.ts';

/** Asks about this machine's processes: by /proc on Linux, elsewhere only whether an id exists. */
export function createProcessProbe(): ProcessProbe {
  let scope: string | null | undefined;
  return {
    // Read when the first claim asks.
    get scope() {
      if (scope === undefined) scope = processScope();
      return scope;
    },
    isAlive,
  };
}

/**
 * Names the boot and the process-id namespace: a container has ids of its own, and ids start again
 * with a boot.
 */
function processScope(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return process.platform === 'darwin'
      ? `host:${process.getBuiltinModule('node:os').hostname()}`
      : null;
  }
}

function isAlive(id: number, start: string): boolean {
  const now = processStart(id);
  return now === null || now === 'unknown' ? isProcess(id) : now === start;
}

/** Asks the kernel, as /proc can hide other people's processes (hidepid=2). */
export function isProcess(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The start of a process, in clock ticks since boot (field 22 of /proc/ID/stat), or null. */
export function processStart(id: number): string | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The command's name, in parentheses, may hold anything, so fields count from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return process.platform === 'linux' ? null : 'unknown';
  }
}
