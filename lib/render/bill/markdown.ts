import type { BillAnswer } from '../../model/billing/bill.ts';
import type { TitledColumn } from '../text/table.ts';
import {
  billColumns,
  billTitle,
  dayLines,
  type SumLine,
  sumColumns,
  sumLines,
} from './bill-columns.ts';

/** Renders a bill as Markdown. */
export function renderBillMarkdown(bill: BillAnswer): string {
  const columns = billColumns(bill);
  const sums = (of: string, lines: readonly SumLine[]) => {
    if (lines.length === 0) return [];
    const own = sumColumns(bill, of);
    const rows = lines.map((line) =>
      own.map(({ cell }) => {
        const text = escapeMarkdown(cell(line));
        return line.isWhole && cell(line) === line.name ? `**${text}**` : text;
      }),
    );
    return ['', ...table(own, rows)];
  };
  return [
    `## ${escapeMarkdown(billTitle(bill))}`,
    '',
    ...table(
      columns,
      bill.items.map((item) => columns.map(({ cell }) => escapeMarkdown(cell(item)))),
    ),
    ...sums('Day', dayLines(bill)),
    ...sums('Of', sumLines(bill)),
  ].join('\n');
}

function table(
  columns: readonly TitledColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [
    row(columns.map(({ title }) => title)),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(row),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Escapes what would end a cell or be read as Markdown. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
