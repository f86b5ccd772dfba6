/** The ways to write a time that was. */
export const pastHint =
  "2026-11-28, '2026-11-28 10:02', 10:02, yesterday, 2h or '2 days ago', or the number of an event";

/** The ways to write a time. */
export const momentHint = "2026-12-01, '2026-12-01 14:00', today, tomorrow, +3d, +2w or +4h";

const units = { h: 3_600_000, d: 1, w: 7 } as const;

/**
 * Reads a time as people write it, in the time zone of the process, or an ISO time with a zone. A
 * day stands for its first moment or for its last.
 *
 * @returns ISO 8601 in UTC, '' for an empty text, undefined for what is no time.
 */
export function readMoment(
  text: string,
  edge: 'start' | 'end',
  now = new Date(),
): string | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return '';
  const iso = readWord(word, edge, now);
  // In the west the last days of 9999 end in a year that no engine keeps.
  return iso?.startsWith('+') ? undefined : iso;
}

function readWord(word: string, edge: 'start' | 'end', now: Date): string | undefined {
  if (word === 'today') return dayFrom(now, 0, edge);
  if (word === 'tomorrow') return dayFrom(now, 1, edge);
  if (word === 'yesterday') return dayFrom(now, -1, edge);
  if (word === 'now') return now.toISOString();
  const past = readAgo(word, edge, now);
  if (past !== undefined) return past;
  const [, count, unit] = /^\+([0-9]{1,4})([hdw])$/.exec(word) ?? [];
  if (unit === 'h') return new Date(now.getTime() + Number(count) * units.h).toISOString();
  if (unit === 'd' || unit === 'w') return dayFrom(now, Number(count) * units[unit], edge);
  return readCalendar(word, edge);
}

const ago = /^([0-9]{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?) ago$/;

/** Reads how long ago something was: `20 min ago`, `2 days ago`. Days and weeks are whole days. */
function readAgo(word: string, edge: 'start' | 'end', now: Date): string | undefined {
  const [all, count, unit = ''] = ago.exec(word) ?? [];
  if (all === undefined) return undefined;
  const number = Number(count);
  if (unit.startsWith('m')) return new Date(now.getTime() - number * 60_000).toISOString();
  if (unit.startsWith('h')) return new Date(now.getTime() - number * units.h).toISOString();
  return dayFrom(now, -number * (unit.startsWith('w') ? units.w : units.d), edge);
}

const agoInShort = /^[0-9]{1,5}(?:min|h|d|w)$/i;

/**
 * Reads a time that was, as `readMoment` does, and `2h` as `2h ago`; a day that is not over ends
 * now, and a time without a day is that of today. The number of an event stands for the moment
 * after it: `412` or `#412`.
 *
 * @returns undefined for what is no time, or is still to come.
 */
export function readPastMoment(
  text: string,
  edge: 'start' | 'end',
  now = new Date(),
): PastMoment | undefined {
  const typed = text.trim();
  const word = agoInShort.test(typed) ? `${typed} ago` : typed;
  const [, number] = /^#?([0-9]{1,15})$/.exec(word) ?? [];
  if (number !== undefined) return { event: Number(number) };
  const [, hour, minute] = /^([01]?[0-9]|2[0-3]):([0-5][0-9])$/.exec(word) ?? [];
  const day = [now.getFullYear(), now.getMonth(), now.getDate()] as const;
  const time =
    hour === undefined
      ? readMoment(word, edge, now)
      : new Date(...day, Number(hour), Number(minute)).toISOString();
  if (time === undefined || time === '') return undefined;
  if (Date.parse(time) <= now.getTime()) return { time };
  const begins = readMoment(word, 'start', now) ?? time;
  return begins !== time && Date.parse(begins) <= now.getTime()
    ? { time: now.toISOString() }
    : undefined;
}

/** A moment of a list's history: a time (ISO 8601, UTC), or the one after an event. */
export type PastMoment = { readonly time: string } | { readonly event: number };

const pattern =
  /^([2-9][0-9]{3})-([0-9]{2})-([0-9]{2})(?:[ t]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{3}))?)?(z)?)?$/;

function readCalendar(word: string, edge: 'start' | 'end'): string | undefined {
  const [all, year, month, day, hour, minute, second, milli, zone] = pattern.exec(word) ?? [];
  if (all === undefined) return undefined;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  const clock = [hour, minute, second, milli].map((part) => Number(part ?? 0));
  const [h = 0, m = 0, s = 0, ms = 0] = clock;
  const utc = new Date(Date.UTC(...date, h, m, s, ms));
  // A day or an hour that there is not comes out as another one.
  const isThere =
    utc.getUTCMonth() === date[1] && utc.getUTCDate() === date[2] && h < 24 && m < 60 && s < 60;
  if (!isThere) return undefined;
  if (zone !== undefined) return utc.toISOString();
  if (hour === undefined) return dayFrom(new Date(...date), 0, edge);
  return new Date(...date, h, m, s, ms).toISOString();
}

/** Gives the first or the last moment of a day so many days after this one. */
function dayFrom(from: Date, days: number, edge: 'start' | 'end'): string {
  const [year, month] = [from.getFullYear(), from.getMonth()];
  const first = new Date(year, month, from.getDate() + days);
  if (edge === 'start') return first.toISOString();
  const next = new Date(year, month, from.getDate() + days + 1);
  return new Date(next.getTime() - 1).toISOString();
}
