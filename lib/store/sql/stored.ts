import type { Row, SqlValue } from '../contract.ts';
import { timeOrNull } from './columns.ts';

/**
 * Gives a field's value as its column holds it: a list as JSON, NULL for an empty one, a time as the
 * column is read as one (`read`), a boolean as 0 or 1.
 */
export function toStored(value: unknown, read: (row: Row, column: string) => unknown): SqlValue {
  if (Array.isArray(value)) return value.length === 0 ? null : JSON.stringify(value);
  if (typeof value === 'string' && read === timeOrNull) return value.slice(0, -1).replace('T', ' ');
  return typeof value === 'boolean' ? Number(value) : (value as SqlValue);
}
