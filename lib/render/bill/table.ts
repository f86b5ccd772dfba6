import type { BillAnswer } from '../../model/billing/bill.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import {
  billColumns,
  billTitle,
  dayLines,
  type SumLine,
  sumColumns,
  sumLines,
} from './bill-columns.ts';

/** Renders a bill for a terminal: its items, the sums of days, clients and projects, and the whole. */
export function renderBillTable(bill: BillAnswer, style: OutputStyle): string {
  const title = paint(style, 'bold', billTitle(bill));
  if (bill.items.length === 0) return `${title}\nNothing was billed.`;
  const columns = billColumns(bill, { withSayers: true });
  const rows = bill.items.map((item) => columns.map(({ cell }) => cell(item)));
  const sums = (of: string, lines: readonly SumLine[]) => {
    if (lines.length === 0) return [];
    const own = sumColumns(bill, of);
    const cells = lines.map((line) => own.map(({ cell }) => cell(line)));
    return ['', ...renderTable(cells, own, style)];
  };
  return [
    title,
    '',
    ...renderTable(rows, columns, style),
    ...sums('Day', dayLines(bill)),
    ...sums('Of', sumLines(bill)),
  ].join('\n');
}
