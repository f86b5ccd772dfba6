import { DocketError } from './errors.ts';

// Without zod and a date library: Intl knows all time zones, with their daylight saving time.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Gives the name of a time zone of the IANA database in its own spelling; undefined for others. */
export function findTimeZone(name: string): string | undefined {
  // Newer Intl takes offsets as well, which know no daylight saving time.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Gives it as `findTimeZone` does. @throws DocketError `invalid_input` */
export function requireTimeZone(name: string, what: string): string {
  const found = findTimeZone(name);
  if (found !== undefined) return found;
  throw new DocketError('invalid_input', `${what}: ${JSON.stringify(name)} is no time zone`, {
    hint: 'A name of the IANA database: America/Phoenix',
  });
}

/** Gives the time zone of the person: that of TZ, else the system's. */
export function personalTimeZone({ TZ = '' }: { readonly TZ?: string | undefined }): string {
  const system = new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  return findTimeZone(TZ.replace(/^:/, '')) ?? findTimeZone(system ?? '') ?? 'UTC';
}

/** Gives the day of the calendar, `2026-11-21`, that a moment (ISO 8601) has in a time zone. */
export function dayOf(iso: string, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((name) =>
    parts.get(name as Intl.DateTimeFormatPartTypes),
  );
  return `${year.padStart(4, '0')}-${month}-${day}`;
}

/** Making a format takes a hundred times as long as using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/**
 * Gives the first moment (ISO 8601, UTC) of a day in a time zone. Looked for, not computed: days have
 * 23 to 25 hours, and where clocks go forward at midnight a day begins at one.
 */
export function startOfDay(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let before = midnight - 15 * 3_600_000;
  let within = midnight + 15 * 3_600_000;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayOf(new Date(middle).toISOString(), timeZone) < day) before = middle;
    else within = middle;
  }
  return new Date(within).toISOString();
}
