import { type MovedTable, movedTables } from './moved-tables.ts';
import type { MovedRow } from './read-rows.ts';

/** Writes a row as a line of docket's own file. */
export function rowLine({ name }: MovedTable, row: MovedRow): string {
  const filled = Object.entries(row).filter(([, value]) => value !== null);
  return `${JSON.stringify({ table: name, row: Object.fromEntries(filled) })}\n`;
}

/** A row with the table that it belongs to. */
export interface TableRow {
  readonly table: MovedTable;
  readonly row: MovedRow;
}

/**
 * Reads lines that a database keeps, of those tables that are wanted. They can come from a stranger's
 * file, which is imported without a look into them: whose rows they are is for the caller to check.
 * What is no line is left out; `countLines` tells whether something was.
 */
export function readRowLines(
  lines: string,
  isWanted: (table: string) => boolean = () => true,
): readonly TableRow[] {
  return lines.split('\n').flatMap((line) => {
    const [, name = ''] = /^\{"table":"([a-z_]+)"/.exec(line) ?? [];
    const table = movedTables.find((each) => each.name === name);
    if (table === undefined || !isWanted(name)) return [];
    const row = readRow(line);
    if (row === undefined) return [];
    const values = table.columns.map((column) => [
      column.name,
      row[column.name] ?? column.otherwise ?? null,
    ]);
    return [{ table, row: Object.fromEntries(values) as MovedRow }];
  });
}

function readRow(line: string): MovedRow | undefined {
  try {
    const { row } = JSON.parse(line) as { readonly row?: MovedRow };
    if (row === undefined || row === null) return undefined;
    const isRow = Object.values(row).every(
      (value) => value === null || typeof value === 'string' || Number.isSafeInteger(value),
    );
    return isRow ? row : undefined;
  } catch {
    return undefined;
  }
}

/** Counts lines, those that cannot be read too. */
export function countLines(lines: string): number {
  return lines.split('\n').filter((line) => line !== '').length;
}

/** Finds the event with a number among lines. */
export function eventInLines(lines: string, seq: number): MovedRow | undefined {
  if (!lines.includes(`"seq":${seq}`)) return undefined;
  return readRowLines(lines, (table) => table === 'task_events').find(({ row }) => row.seq === seq)
    ?.row;
}
