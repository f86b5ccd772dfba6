/** A time as it is stored, `2026-11-21 10:02:03.123`, as people and programs are given it. */
export function isoTime(stored: string): string {
  return `${stored.replace(' ', 'T')}Z`;
}

/** The same the other way. */
export function storedTime(iso: string): string {
  return iso.slice(0, -1).replace('T', ' ');
}
