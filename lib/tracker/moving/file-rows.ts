import * as z from 'zod/mini';
import { DocketError } from '../../model/errors.ts';
import { codePoints } from '../../model/limits.ts';
import { type MovedColumn, type MovedTable, movedTables } from '../../store/moving/moved-tables.ts';
import type { MovedRow } from '../../store/moving/read-rows.ts';
import { isTime } from './file-format.ts';

const Line = z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) });

const byName: ReadonlyMap<string, MovedTable> = new Map(movedTables.map((one) => [one.name, one]));

/** A line's row, with the table that it belongs to. */
export interface FileRow {
  readonly table: MovedTable;
  readonly row: MovedRow;
}

/**
 * Reads a line with a row. A file can come from a stranger: it holds the columns of its table and
 * nothing else, each of a kind and length that every engine takes.
 *
 * @throws DocketError `invalid_input`; `where` says which line it was
 */
export function parseRow(text: string, where: string): FileRow {
  const parsed = Line.safeParse(parseJson(text, where));
  if (!parsed.success) throw wrong(where, 'is no row of a list');
  const { table: name, row } = parsed.data;
  const table = byName.get(name);
  if (table === undefined) throw wrong(where, `is of a table that docket does not have: ${name}`);
  const values = table.columns.map((column) => {
    return [
      column.name,
      readValue(column, row[column.name] ?? column.otherwise ?? null, where),
    ] as const;
  });
  const known = new Set(table.columns.map((column) => column.name));
  const unknown = Object.keys(row).find((column) => !known.has(column));
  if (unknown !== undefined) throw wrong(where, `has an unknown column ${unknown}`);
  return { table, row: Object.fromEntries(values) };
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(where, 'is no JSON', cause);
  }
}

export function wrong(where: string, what: string, cause?: unknown): DocketError {
  return new DocketError('invalid_input', `${where} ${what}`, {
    hint: 'Nothing was changed. docket export FILE writes a whole list',
    ...(cause === undefined ? {} : { cause }),
  });
}

function readValue(
  { name, kind, longest, isNullable }: MovedColumn,
  value: unknown,
  where: string,
): string | number | null {
  if (value === null) {
    if (isNullable) return null;
    throw wrong(where, `lacks ${name}`);
  }
  if (kind === 'integer') {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    throw wrong(where, `has no whole number as ${name}`);
  }
  if (typeof value !== 'string' || !value.isWellFormed())
    throw wrong(where, `has no text as ${name}`);
  if (kind === 'time' && !isTime(value)) throw wrong(where, `has no time as ${name}`);
  if (longest !== undefined && value.length > longest && codePoints(value) > longest) {
    throw wrong(where, `has more than ${longest} characters in ${name}`);
  }
  return value;
}
