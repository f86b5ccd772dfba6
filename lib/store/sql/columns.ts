import type { Row } from '../contract.ts';

// Values are checked when docket writes them. Another program can write any, and in a SQLite file any
// text into any column: so a reader gives the form that its name says, whatever is stored.

/** Reads what somebody wrote, or a word that a newer docket may know. Rendering makes it safe. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}

/** Reads an id, which people type and see: printable ASCII without spaces, else with signs for it. */
export function id(row: Row, column: string): string {
  return text(row, column).replace(/[^!-~]+/g, '?');
}

export function integer(row: Row, column: string): number {
  const value = Number(row[column]);
  return Number.isFinite(value) ? value : 0;
}

export function integerOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : integer(row, column);
}

/** Reads a list of names, stored as JSON. */
export function textList(row: Row, column: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text(row, column));
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

const never = '1970-01-01T00:00:00.000Z';

/** Reads 0 or 1 as a boolean. */
export function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1;
}

/**
 * Reads a stored time, `2026-11-21 10:02:03.123`, as `2026-11-21T10:02:03.123Z`. Dolt leaves out
 * zeros at the end of a time that went through a UNION. What is no time was never.
 */
export function time(row: Row, column: string): string {
  const stored = text(row, column);
  // As docket writes it.
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(stored)) {
    return `${stored.slice(0, 10)}T${stored.slice(11)}Z`;
  }
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d*)?$/.test(stored)) return never;
  const [moment = '', fraction = ''] = stored.split('.');
  return `${moment.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

export function timeOrNull(row: Row, column: string): string | null {
  return textOrNull(row, column) === null ? null : time(row, column);
}

/** Reads a time as it is stored, `2026-11-21 10:02:03.123`. */
export function storedTime(row: Row, column: string): string {
  return time(row, column).slice(0, -1).replace('T', ' ');
}
