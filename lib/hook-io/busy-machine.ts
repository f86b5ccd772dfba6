import { readFileSync } from 'node:fs';

/** Claude Code ends a prompt's hook after 3 s, and then it has said nothing at all. */
const longestUptime = 2;
const spareShare = 0.05;

/**
 * Whether the machine's processors had next to nothing to spare since this was last asked. What
 * waits for a server then may wait for the processors only: a server on the same machine, and
 * whatever else hinders it. False the first time, where the system does not tell, and when the
 * process has taken so long that its hook must come to an end.
 */
export function createBusyCheck(
  read: () => string = readProcessorTimes,
  uptime: () => number = process.uptime,
): () => boolean {
  let last: Times | undefined;
  return () => {
    if (uptime() > longestUptime) return false;
    const now = parseTimes(read());
    const before = last;
    last = now;
    if (before === undefined || now === undefined) return false;
    const passed = now.all - before.all;
    return passed > 0 && now.spare - before.spare < passed * spareShare;
  };
}

interface Times {
  readonly all: number;
  readonly spare: number;
}

/** The first line of /proc/stat: user, nice, system, idle, waiting for a disk, ... */
function parseTimes(text: string): Times | undefined {
  const [, line] = /^cpu +([\d ]+)$/m.exec(text) ?? [];
  if (line === undefined) return undefined;
  const times = line.split(' ').map(Number);
  return {
    all: times.slice(0, 8).reduce((sum, time) => sum + time, 0),
    spare: (times[3] ?? 0) + (times[4] ?? 0),
  };
}

function readProcessorTimes(): string {
  try {
    return readFileSync('/proc/stat', 'utf8');
  } catch {
    return '';
  }
}
