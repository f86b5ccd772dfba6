import type { BillAnswer } from '../../model/billing/bill.ts';
import { renderHours } from '../text/duration.ts';
import { billColumns, billTitle, totalName } from './bill-columns.ts';

/** Renders a bill as Markdown. */
export function renderBillMarkdown(bill: BillAnswer): string {
  const columns = billColumns(bill);
  return [
    `## ${escapeMarkdown(billTitle(bill))}`,
    '',
    row(columns.map(({ title }) => title)),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...bill.items.map((item) => row(columns.map(({ cell }) => escapeMarkdown(cell(item))))),
    '',
    row(['Of', 'Items', 'Minutes', 'Hours']),
    row(['---', '---:', '---:', '---:']),
    ...bill.totals.map((total) => sums(escapeMarkdown(totalName(total)), total)),
    sums('**Total**', { items: bill.items.length, minutes: bill.minutes }),
  ].join('\n');
}

function sums(name: string, { items, minutes }: { items: number; minutes: number }): string {
  return row([name, String(items), String(minutes), renderHours(minutes)]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Escapes what would end a cell or be read as Markdown. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
