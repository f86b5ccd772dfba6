import { clipToWidth, displayWidth, padToWidth } from './width.ts';

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

const narrowest = 5;
const gap = 2;

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Whether its texts may be cut so that a line fits. */
  readonly gives?: boolean;
}

/**
 * A table with a line of titles. Where it is wider than the terminal, the widest column that gives
 * is cut, then the next.
 */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): readonly string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) =>
    Math.max(...lines.map((row) => displayWidth(row[at] ?? ''))),
  );
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - gap * (columns.length - 1);
  for (let excess = sum(widths) - room; excess > 0; excess = sum(widths) - room) {
    const giving = widths.map((own, at) => (columns[at]?.gives && own > narrowest ? own : 0));
    const widest = Math.max(0, ...giving);
    if (widest === 0) break;
    widths[giving.indexOf(widest)] = Math.max(narrowest, widest - 1);
  }
  return lines.map((row) =>
    columns
      .map(({ align }, at) => {
        const own = widths[at] ?? 0;
        const cell = clipToWidth(row[at] ?? '', own);
        return align === 'right'
          ? ' '.repeat(own - displayWidth(cell)) + cell
          : padToWidth(cell, own);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** One line of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands behind the bar instead of the value: `10000+`. */
  readonly text?: string;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * Bars from the left, the longest `width` columns long. What is not nothing is seen; labels are as
 * long as each other.
 */
export function renderBars(
  bars: readonly Bar[],
  { width, ascii }: { readonly width: number; readonly ascii: boolean },
): readonly string[] {
  const most = bars.reduce((highest, { value }) => Math.max(highest, value), 0);
  return bars.map(({ label, value, text = String(value) }) => {
    const length = most === 0 ? 0 : (value / most) * width;
    const bar = ascii ? '#'.repeat(atLeastOne(length, value)) : blocks(length, value);
    return [label, bar, text].filter((part) => part !== '').join('  ');
  });
}

function atLeastOne(length: number, value: number): number {
  return value > 0 ? Math.max(1, Math.round(length)) : 0;
}

function blocks(length: number, value: number): string {
  const units = value > 0 ? Math.max(1, Math.round(length * 8)) : 0;
  return '█'.repeat(units >> 3) + (eighths[units % 8] ?? '');
}
