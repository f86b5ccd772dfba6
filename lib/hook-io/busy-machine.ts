import { readFileSync } from 'node:fs';

/** Seconds for which a busy machine excuses a hook. */
const longestUptime = 2;
/** Seconds after which a hook must answer: Claude Code ends a prompt's after 3 s, answer and all. */
const latest = 2.5;
const spareShare = 0.05;

/**
 * Makes a test of whether the machine's processors had next to nothing to spare since the last
 * test. A process that waits for a server then may be waiting for the processors only: both may be
 * on the same machine, and other programs hinder them. The test says no the first time, where the
 * system does not tell, and when the process has taken so long that its hook must come to an end.
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

/** Parses the first line of /proc/stat: user, nice, system, idle, waiting for a disk, ... */
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

/**
 * Makes a test of whether a hook has to answer now with what it has. A process that is older than
 * that is no hook's, and may go on.
 */
export function createLateCheck(uptime: () => number = process.uptime): () => boolean {
  const isYoung = uptime() < latest;
  return () => isYoung && uptime() >= latest;
}
