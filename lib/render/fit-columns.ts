import { clipToWidth, displayWidth, padToWidth } from './display-width.ts';

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
