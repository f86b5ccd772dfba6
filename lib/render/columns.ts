import { displayWidth, padToWidth } from './display-width.ts';

/** Rows in columns; all but the first are put to the right, as numbers are. */
export function renderColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0
          ? padToWidth(cell, width)
          : ' '.repeat(width - displayWidth(cell)) + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
