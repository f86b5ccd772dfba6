/** How long ago, in the coarsest unit that still tells: `now`, `12 min`, `3 h`, `5 d`. */
export function renderAge(since: string, now: string): string {
  return renderSpan(Date.parse(now) - Date.parse(since));
}

/** The same for milliseconds. */
export function renderSpan(span: number): string {
  const minutes = Math.floor(span / 60_000);
  if (!(minutes >= 1)) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** How long something took: `25 min`, `3.5 h`, `2.1 d`. */
export function renderDuration(minutes: number): string {
  if (minutes < 1) return '<1 min';
  if (minutes < 99.5) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${round(hours)} h` : `${round(hours / 24)} d`;
}

/** One digit after the point, where there is one. */
function round(value: number): string {
  return value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** A time for people: `2026-11-21 10:02Z`, UTC to the minute. */
export function renderTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
}
