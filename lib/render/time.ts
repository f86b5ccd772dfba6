/** A time for people: `2026-11-21 10:02Z`, UTC to the minute. */
export function renderTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
}
