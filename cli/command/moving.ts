import type { Moved } from '../../lib/tracker/moving/move-list.ts';
import type { MovingProgress } from '../../lib/tracker/moving/moved-list.ts';
import { sumOf } from '../../lib/tracker/moving/moved-list.ts';
import type { CommandIo } from '../terminal/io.ts';

/** How often somebody who waits is told how far it is, in milliseconds. */
const patience = 1_000;

const steps: Readonly<Record<MovingProgress['step'], string>> = {
  check: 'Checked',
  read: 'Read',
  write: 'Wrote',
  compare: 'Compared',
};

/** Makes what tells of progress once a second at most. */
export function onceASecond(progress: (line: string) => void) {
  let told = process.uptime() * 1_000;
  return (line: string) => {
    const now = process.uptime() * 1_000;
    if (now - told < patience) return;
    told = now;
    progress(line);
  };
}

/** Makes what tells of the progress of a list that is moved. */
export function tellMoving(progress: (line: string) => void) {
  const tell = onceASecond(progress);
  return ({ step, done, total }: MovingProgress) =>
    tell(`${steps[step]} ${done} of ${total} rows ...`);
}

/** Tells progress where a person waits, and nobody what cron would mail each night. */
export function progressAtTerminal({ isTerminal, progress }: CommandIo): (line: string) => void {
  return isTerminal === undefined || isTerminal() ? progress : () => {};
}

/** Says what is waited for, where it takes over a second. */
export async function tellWaiting<T>(
  progress: (line: string) => void,
  line: string,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => progress(line), patience);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** The part of an answer that says what became of a list. */
export function movedAnswer({ workspace, counts, plan }: Moved, dryRun: boolean) {
  return {
    workspace,
    dryRun,
    counts,
    added: sumOf(plan.added),
    changed: sumOf(plan.changed),
    removed: sumOf(plan.removed),
  };
}
