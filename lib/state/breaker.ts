import type { ListId } from './snapshot.ts';
import { fileNameOf, readState, removeState, writeState } from './state-file.ts';

/** Keeps hooks from trying a database for a while after a failure, so that they cost nothing. */
export interface Breaker {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** The length of the last pause; it doubles up to the longest. */
  readonly pause: number;
  /** The failure, for `docket doctor`. */
  readonly reason: string;
  /** The beginning of the outage. */
  readonly since: number;
}

const shortest = 5_000;
const longest = 60_000;

function breakerFile(stateFolder: string, { database, workspace }: ListId): string {
  return `${stateFolder}/breakers/${fileNameOf(`${database} ${workspace}`)}.json`;
}

export function readBreaker(stateFolder: string, id: ListId): Breaker | undefined {
  const breaker = readState<Breaker>(breakerFile(stateFolder, id));
  if (typeof breaker?.reason !== 'string') return undefined;
  const isWhole = [breaker.until, breaker.pause, breaker.since].every(isTime);
  return isWhole ? breaker : undefined;
}

/** Whether these are milliseconds that a Date can hold. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

/** Whether hooks wait still. A clock that was set back does not keep them waiting for longer. */
export function isOpen(breaker: Breaker | undefined, now: number): breaker is Breaker {
  return breaker !== undefined && now < breaker.until && breaker.until - now <= longest;
}

/**
 * Whether the database was away when it was last tried, which a pause ago nobody has since: who
 * cannot try it now expects it to be away still.
 */
export function isLikelyAway(breaker: Breaker | undefined, now: number): boolean {
  return breaker !== undefined && Math.abs(now - breaker.until) <= longest;
}

/** Begins a pause. Of many hooks that fail at the same moment the first one sets it. */
export function tripBreaker(
  stateFolder: string,
  id: ListId,
  { now, reason }: { now: number; reason: string },
): void {
  const last = readBreaker(stateFolder, id);
  const pause = last === undefined ? shortest : Math.min(longest, last.pause * 2);
  const next: Breaker = { until: now + pause, pause, reason, since: last?.since ?? now };
  if (!isOpen(last, now)) writeState(breakerFile(stateFolder, id), next);
}

export function resetBreaker(stateFolder: string, id: ListId): void {
  removeState(breakerFile(stateFolder, id));
}
