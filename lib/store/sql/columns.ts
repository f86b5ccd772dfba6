import type { Row } from '../contract.ts';

/**
 * Reads a column as text. Readers of columns check the form only: values are checked when they are
 * written.
 */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}

export function integer(row: Row, column: string): number {
  return Number(row[column]);
}

export function integerOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
}

/** Reads 0 or 1 as a boolean. */
export function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1;
}

/**
 * Reads a stored time, `2026-11-21 10:02:03.123`, as `2026-11-21T10:02:03.123Z`. Dolt leaves out
 * zeros at the end of a time that went through a UNION.
 */
export function time(row: Row, column: string): string {
  const [moment = '', fraction = ''] = text(row, column).split('.');
  return `${moment.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

export function timeOrNull(row: Row, column: string): string | null {
  return textOrNull(row, column) === null ? null : time(row, column);
}

/** Reads a time as it is stored, `2026-11-21 10:02:03.123`. */
export function storedTime(row: Row, column: string): string {
  return time(row, column).slice(0, -1).replace('T', ' ');
}
