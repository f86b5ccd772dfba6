import type { BillAnswer } from '../../model/billing/bill.ts';
import { renderHours } from '../text/duration.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderTable } from '../text/table.ts';
import { billColumns, billTitle, totalName } from './bill-columns.ts';

/** Renders a bill for a terminal: its items, the totals of clients and projects, and the whole. */
export function renderBillTable(bill: BillAnswer, style: OutputStyle): string {
  const title = paint(style, 'bold', billTitle(bill));
  if (bill.items.length === 0) return `${title}\nNothing was billed.`;
  const columns = billColumns(bill);
  const rows = bill.items.map((item) => columns.map(({ cell }) => cell(item)));
  return [title, '', ...renderTable(rows, columns, style), '', ...totals(bill, style)].join('\n');
}

function totals(bill: BillAnswer, style: OutputStyle): readonly string[] {
  const perProject = bill.totals.map((total) => [totalName(total), ...figures(total)]);
  const several = bill.clients.filter(
    ({ client }) => bill.totals.filter((total) => total.client === client).length > 1,
  );
  const perClient = several.map((total) => [
    `${totalName({ ...total, projectName: null })}, all`,
    ...figures(total),
  ]);
  const whole = ['Total', ...figures({ items: bill.items.length, minutes: bill.minutes })];
  const columns = [
    { title: 'Of', gives: true },
    { title: 'Items', align: 'right' },
    { title: 'Minutes', align: 'right' },
    { title: 'Hours', align: 'right' },
  ] as const;
  return renderTable([...perProject, ...perClient, whole], columns, style);
}

function figures({ items, minutes }: { readonly items: number; readonly minutes: number }) {
  return [String(items), String(minutes), renderHours(minutes)];
}
