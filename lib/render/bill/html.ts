import type { BillAnswer, BillItem } from '../../model/billing/bill.ts';
import { safeLines } from '../text/safe-text.ts';
import type { TitledColumn } from '../text/table.ts';
import {
  type BillColumn,
  billColumns,
  billTitle,
  dayLines,
  type SumLine,
  sumColumns,
  sumLines,
} from './bill-columns.ts';

// What strangers wrote cannot act on the page: it is escaped, and no script or address would load.
const head = `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { font: 11pt/1.4 system-ui, sans-serif; margin: 2cm; color: #111; }
h1 { font-size: 15pt; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5em; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em; border-bottom: 1px solid #ccc; }
.number { text-align: right; }
.number, .fixed { white-space: nowrap; }
.solution { color: #555; }
.whole { font-weight: bold; }
tr { break-inside: avoid; }
@media print { body { margin: 0; } }
</style>`;

/** Renders a bill as a page to print or to send: what was done and how, and what it comes to. */
export function renderBillHtml(bill: BillAnswer): string {
  const title = escapeHtml(billTitle(bill));
  const columns = billColumns(bill);
  const items = bill.items.map((item) =>
    row(columns.map((column) => cell(column, itemHtml(column, item)))),
  );
  const body =
    bill.items.length === 0
      ? ['<p>Nothing was billed.</p>']
      : [
          ...table(columns, items),
          ...sums(bill, 'Day', dayLines(bill)),
          ...sums(bill, 'Of', sumLines(bill)),
        ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    head,
    `<title>${title}</title>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    ...body,
    '</body>',
    '</html>',
  ].join('\n');
}

/** Gives the text of a cell; what was done stands below what was wanted. */
function itemHtml({ title, cell: textOf }: BillColumn, item: BillItem): string {
  const text = escapeHtml(textOf(item));
  const solution = item.solution.trim();
  if (title !== 'Work' || solution === '') return text;
  const lines = safeLines(solution).map(escapeHtml).join('<br>');
  return `${text}<div class="solution">${lines}</div>`;
}

function sums(bill: BillAnswer, of: string, lines: readonly SumLine[]): readonly string[] {
  if (lines.length === 0) return [];
  const columns = sumColumns(bill, of);
  const rows = lines.map((line) =>
    row(
      columns.map((column) => cell(column, escapeHtml(column.cell(line)))),
      line.isWhole ? ' class="whole"' : '',
    ),
  );
  return table(columns, rows);
}

function table(columns: readonly TitledColumn[], rows: readonly string[]): readonly string[] {
  const titles = columns.map((column) => cell(column, escapeHtml(column.title), 'th'));
  return ['<table>', row(titles), ...rows, '</table>'];
}

function row(cells: readonly string[], attributes = ''): string {
  return `<tr${attributes}>${cells.join('')}</tr>`;
}

/** Makes a cell; only columns of words have lines that break: no day does. */
function cell({ align, gives }: TitledColumn, html: string, tag: 'td' | 'th' = 'td'): string {
  const kind = align === 'right' ? 'number' : gives ? undefined : 'fixed';
  return `<${tag}${kind === undefined ? '' : ` class="${kind}"`}>${html}</${tag}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
