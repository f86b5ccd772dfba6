import { type OutputStyle, type Paint, paint } from './style.ts';
import { clipToWidth, displayWidth, padToWidth } from './width.ts';

const narrowest = 5;
const gap = '  ';

export interface Column {
  readonly align?: 'right';
  /** Whether its texts may be cut so that a line fits the terminal. */
  readonly gives?: boolean;
}

/** A column with its title above it. */
export interface TitledColumn extends Column {
  readonly title: string;
}

/** Safe text of a row. Its colour is put on when it has its place, as colours take no columns. */
export type Cell = string | { readonly text: string; readonly paint: Paint };

export type Row = readonly Cell[];

/**
 * Puts rows in columns that stand straight with letters of any width, to the left unless a column
 * says otherwise. Where they are wider than the terminal, the widest column that gives is cut, then
 * the next. Text beyond the columns follows as it is: it may be painted already.
 */
export function renderRows(
  rows: readonly Row[],
  columns: readonly Column[],
  style: OutputStyle,
): readonly string[] {
  const widths = fitWidths(rows, columns, style.width);
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at];
        const text = textOf(cell);
        const placed = width === undefined ? text : alignCell(text, width, columns[at]?.align);
        return typeof cell === 'string' ? placed : paint(style, cell.paint, placed);
      })
      .join(gap)
      .trimEnd(),
  );
}

/** Puts rows below a line of titles. */
export function renderTable(
  rows: readonly Row[],
  columns: readonly TitledColumn[],
  style: OutputStyle,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const [first = '', ...lines] = renderRows([titles, ...rows], columns, style);
  return [paint(style, 'dim', first), ...lines];
}

function fitWidths(
  rows: readonly Row[],
  columns: readonly Column[],
  terminal: number | undefined,
): readonly number[] {
  const widths = columns.map((_, at) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(textOf(row[at]))), 0),
  );
  if (terminal === undefined) return widths;
  const room = terminal - gap.length * (columns.length - 1);
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const giving = widths.map((own, at) => (columns[at]?.gives && own > narrowest ? own : 0));
    const widest = Math.max(0, ...giving);
    if (widest === 0) break;
    widths[giving.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function alignCell(text: string, width: number, align: Column['align']): string {
  const cell = clipToWidth(text, width);
  return align === 'right'
    ? ' '.repeat(width - displayWidth(cell)) + cell
    : padToWidth(cell, width);
}

function textOf(cell: Cell = ''): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
