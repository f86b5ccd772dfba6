import { spellSpan } from '../../model/span.ts';

/** Says how long ago something was, in the coarsest unit that still tells: `now`, `12 min`, `3 h`. */
export function renderAge(since: string, now: string): string {
  return spellSpan(Date.parse(now) - Date.parse(since));
}

/** The age as a phrase: `just now`, `12 min ago`. */
export function renderAgo(since: string, now: string): string {
  const age = renderAge(since, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

/** Says a time near `now` on the clock of whoever reads it: `14:05`, on another day with the date. */
export function renderLocalTime(iso: string, now: string): string {
  return isSameDay(iso, now) ? clockOf(new Date(iso)) : renderTime(iso);
}

/** Says when something was: `12 min ago`, and of another day `2026-11-21 10:02`. */
export function renderWhen(iso: string, now: string): string {
  return isSameDay(iso, now) ? renderAgo(iso, now) : renderTime(iso);
}

/** Says a time to the minute, on the clock of whoever reads it: `2026-11-21 10:02`. */
export function renderTime(iso: string): string {
  const time = new Date(iso);
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
  return `${date} ${clockOf(time)}`;
}

function isSameDay(iso: string, other: string): boolean {
  return new Date(iso).toDateString() === new Date(other).toDateString();
}

function clockOf(time: Date): string {
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
