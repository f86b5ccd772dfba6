import { DocketError } from './errors.ts';

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Parses a day of the calendar in UTC: `2026-11-21`.
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
    hint: 'A day is YYYY-MM-DD, in UTC: 2026-11-21',
  });
}

/** Gives the day after; the last day there is has none and stays. */
export function nextDay(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return next.getUTCFullYear() > 9999 ? day : next.toISOString().slice(0, 10);
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

/** Lists when the last weeks began, Mondays in UTC, the oldest first; the last is under way. */
export function weekStarts(at: string, count: number): readonly string[] {
  const now = new Date(at);
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const monday = midnight - ((now.getUTCDay() + 6) % 7) * day;
  return Array.from({ length: count }, (_, index) =>
    new Date(monday - (count - 1 - index) * 7 * day).toISOString(),
  );
}

/** Gives the end of a week by its start. */
export function weekEnd(start: string): string {
  return new Date(Date.parse(start) + 7 * day).toISOString();
}
