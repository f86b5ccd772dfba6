import type { BillAnswer } from '../../model/billing/bill.ts';
import { renderHint } from '../text/hint.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { displayWidth } from '../text/width.ts';
import {
  type BillColumn,
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
  const all = billColumns(bill, { withSayers: true });
  const columns = columnsThatFit(all, bill, style);
  const left = all.filter((column) => !columns.includes(column)).map(({ title: each }) => each);
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
    ...(left.length === 0
      ? []
      : ['', `Not shown: ${left.join(', ')}`, renderHint(asCsv(bill), style)]),
  ].join('\n');
}

/** Leaves the least columns out where the others would be cut otherwise. */
function columnsThatFit(
  columns: readonly BillColumn[],
  { items }: BillAnswer,
  { width }: OutputStyle,
): readonly BillColumn[] {
  const widths = columns.map(({ title, cell }) =>
    Math.max(displayWidth(title), ...items.map((item) => displayWidth(cell(item)))),
  );
  const whole = widths.reduce((sum, each) => sum + each + 2, -2);
  if (width === undefined || whole <= width) return columns;
  return columns.filter(({ isLeast = false }) => !isLeast);
}

function asCsv({ client, from, to }: BillAnswer): string {
  const whose = client === null ? '' : ` --client ${client}`;
  return `docket billing${whose} --from ${from} --to ${to} --format csv`;
}
