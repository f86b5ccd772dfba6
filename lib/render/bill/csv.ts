import type { BillAnswer, BillItem } from '../../model/billing/bill.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';

type Field = readonly [string, (item: BillItem) => string | number];

const longestText = 65_536;

const fields: readonly Field[] = [
  ['day', ({ day }) => day],
  ['task', ({ task }) => renderKey(task)],
  ['client', ({ client }) => client],
  ['project', ({ project }) => project ?? ''],
  ['category', ({ category }) => category],
  ['problem', ({ problem }) => problem],
  ['solution', ({ solution }) => solution],
  ['affected_systems', ({ affectedSystems }) => affectedSystems.join('; ')],
  ['technologies', ({ technologies }) => technologies.join('; ')],
  ['minutes', ({ minutes }) => minutes],
];

/** The items of a bill as CSV (RFC 4180), with a line of names; its sums are a spreadsheet's to make. */
export function renderBillCsv({ items }: BillAnswer): string {
  const lines = items.map((item) => fields.map(([, read]) => cell(read(item))));
  return [fields.map(([name]) => name), ...lines].map((line) => line.join(',')).join('\n');
}

/**
 * A spreadsheet runs a text that begins like a formula, also behind a space and in full-width
 * letters, so such a text is marked as one with an apostrophe.
 */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const line = safeLine(value, longestText);
  const text = /^[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(line) ? `'${line}` : line;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
