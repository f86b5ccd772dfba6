/**
 * Turns a stored time, `2026-11-21 10:02:03.123`, into the ISO form that people and programs get.
 */
export function isoTime(stored: string): string {
  return `${stored.replace(' ', 'T')}Z`;
}

/** Turns an ISO time into the stored form. */
export function storedTime(iso: string): string {
  return iso.slice(0, -1).replace('T', ' ');
}
