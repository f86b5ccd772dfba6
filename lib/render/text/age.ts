/** Says how long ago something was, in the coarsest unit that still tells: `now`, `12 min`, `3 h`. */
export function renderAge(since: string, now: string): string {
  return renderSpan(Date.parse(now) - Date.parse(since));
}

/** The age as a phrase: `just now`, `12 min ago`. */
export function renderAgo(since: string, now: string): string {
  const age = renderAge(since, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

/** Says a span of milliseconds as an age. */
export function renderSpan(span: number): string {
  const minutes = Math.floor(span / 60_000);
  if (!(minutes >= 1)) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** Says a time near `now` on the clock of whoever reads it: `14:05`, on another day with the date. */
export function renderLocalTime(iso: string, now: string): string {
  const [time, today] = [new Date(iso), new Date(now)];
  const two = (part: number) => String(part).padStart(2, '0');
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  if (time.toDateString() === today.toDateString()) return clock;
  const date = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(two).join('-');
  return `${date} ${clock}`;
}

/** Says a time in UTC to the minute: `2026-11-21 10:02Z`. */
export function renderTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
}
