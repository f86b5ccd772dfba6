import { spellSpan } from '../../model/span.ts';

/** Says when a task is due: `due tomorrow`, `overdue 2 d`. */
export function renderDue(due: string, now: string): string {
  const late = Date.parse(now) - Date.parse(due);
  if (late < 0) return `due ${renderMoment(due, now)}`;
  return late < 60_000 ? 'overdue' : `overdue ${spellSpan(late)}`;
}

/**
 * Says a time that somebody planned, on the clock of whoever reads it: `today`, `tomorrow 14:00`,
 * `Tue 1 Dec`, in another year `Sat 1 Jan 2028`. A time that begins or ends a day is that day.
 */
export function renderMoment(iso: string, now: string): string {
  const time = new Date(iso);
  const today = new Date(now);
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  const isWhole = clock === '00:00' || iso.endsWith('59.999Z');
  return `${nameOf(time, today)}${isWhole ? '' : ` ${clock}`}`;
}

function nameOf(time: Date, today: Date): string {
  if (time.toDateString() === today.toDateString()) return 'today';
  const next = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1);
  if (time.toDateString() === next.toDateString()) return 'tomorrow';
  const [weekday = '', month = '', date = '', year = ''] = time.toDateString().split(' ');
  const isThisYear = time.getFullYear() === today.getFullYear();
  return [weekday, Number(date), month, ...(isThisYear ? [] : [year])].join(' ');
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
