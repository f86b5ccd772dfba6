import { DocketError } from './errors.ts';
import { dayOf, startOfDay } from './time-zone.ts';

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Parses a day of the calendar: `2026-11-21`.
 *
 * @throws DocketError `invalid_input` for one that there is not.
 */
export function parseDay(text: string, what: string): string {
  const [, year, month, day] = pattern.exec(text.trim()) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number(year) >= 1000 && date.getUTCDate() === Number(day)) {
    const iso = date.toISOString().slice(0, 10);
    if (iso === text.trim()) return iso;
  }
  throw new DocketError('invalid_input', `${what}: ${JSON.stringify(text)} is not a day`, {
    hint: 'A day is YYYY-MM-DD: 2026-11-21',
  });
}

/** Gives the day after; the last day there is has none and stays. */
export function nextDay(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return next.getUTCFullYear() > 9999 ? day : next.toISOString().slice(0, 10);
}

/** Gives the day before. */
export function previousDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** @throws DocketError `invalid_input` */
export function requireOrder(from: string, to: string): void {
  if (from <= to) return;
  throw new DocketError('invalid_input', `--from ${from} is after --to ${to}`, {
    hint: 'Both days are part of the bill',
  });
}

const day = 86_400_000;

/** A week of some time zone: its Monday, its beginning and its end (ISO 8601, UTC). */
export interface Week {
  readonly monday: string;
  readonly from: string;
  readonly to: string;
}

/** Lists the last weeks, the oldest first; the last is under way. */
export function lastWeeks(at: string, count: number, timeZone: string): readonly Week[] {
  const today = Date.parse(`${dayOf(at, timeZone)}T00:00:00Z`);
  const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * day;
  const mondays = Array.from({ length: count + 1 }, (_, index) =>
    new Date(monday - (count - 1 - index) * 7 * day).toISOString().slice(0, 10),
  );
  const starts = mondays.map((each) => startOfDay(each, timeZone));
  return mondays.slice(0, count).map((each, index) => ({
    monday: each,
    from: starts[index] ?? '',
    to: starts[index + 1] ?? '',
  }));
}
