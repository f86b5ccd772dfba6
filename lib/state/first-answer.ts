import { statSync, utimesSync } from 'node:fs';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { nameHash } from './state-file.ts';

/** The milliseconds after which Claude Code has ended every hook that gives the list. */
const longestEvent = 5_000;

/**
 * Whether this process is the first to answer an event, of those that got the same input. The
 * input tells events apart, and not their ids, since prompts within one turn share one. The same
 * input may come again later, so a mark counts as long as an event can last. Then the next number
 * is tried: of two that find an old mark, again one is the first. `forgetOldSessions` removes marks.
 *
 * True where no mark can be left: a list that comes twice is better than none.
 */
export function isFirstAnswer(stateFolder: string, input: string, now = Date.now()): boolean {
  const start = `${stateFolder}/answers/${nameHash(input)}-`;
  const old: string[] = [];
  for (;;) {
    const mark = `${start}${old.length + 1}`;
    if (leaveMark(mark)) {
      for (const each of old) renew(each, now);
      return true;
    }
    if (isFresh(mark, now)) return false;
    old.push(mark);
  }
}

function leaveMark(path: string): boolean {
  try {
    createPrivately(path, '', 'wx');
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}

function isFresh(path: string, now: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(now - found.mtimeMs) < longestEvent;
}

/** A mark that was forgotten now would be free for the other process. */
function renew(path: string, now: number): void {
  try {
    utimesSync(path, now / 1_000, now / 1_000);
  } catch {
    // It is gone already.
  }
}
