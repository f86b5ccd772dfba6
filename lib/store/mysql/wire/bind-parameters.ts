import type { SqlValue } from '../../contract.ts';
import { StoreError } from '../../errors.ts';

/**
 * Puts values in the place of `?`. No statement of ours holds a `?` of its own.
 *
 * Prepared statements would cost a second round trip on every prompt, and the usual escapes
 * (`\'`) are text to a server whose sql_mode has NO_BACKSLASH_ESCAPES, which a session that only
 * reads does not set. So nothing is ever escaped: text is either free of what needs it or
 * hexadecimal, which every server reads alike in every mode.
 */
export function bindParameters(sql: string, values: readonly SqlValue[]): string {
  const [first = '', ...rest] = sql.split('?');
  if (rest.length !== values.length) {
    throw new StoreError('failed', `${values.length} values for ${rest.length} places in: ${sql}`);
  }
  return rest.reduce((bound, part, index) => bound + literal(values[index]) + part, first);
}

function literal(value: SqlValue | undefined): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return textLiteral(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new StoreError('failed', `not a value that a database takes: ${typeof value}`);
}

// Printable ASCII without quote and backslash: the same in whatever the connection's character set
// is. Without an introducer, which would give it that character set's usual collation: MariaDB then
// sorts a list by filesort, as to it the column that equals the literal is not constant.
const plain = /^[ !#-&(-[\]-~]*$/;

function textLiteral(text: string): string {
  if (plain.test(text)) return `'${text}'`;
  return `_utf8mb4 X'${Buffer.from(text, 'utf8').toString('hex')}'`;
}
