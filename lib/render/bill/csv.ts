import type { BillAnswer, BillItem } from '../../model/billing/bill.ts';
import { renderKey } from '../text/key.ts';
import { renderSayers } from '../text/minutes-from.ts';
import { renderDecimal } from '../text/money.ts';
import { safeLine } from '../text/safe-text.ts';

/** A number as text, with a point. */
interface Decimal {
  readonly decimal: string;
}

type Value = string | number | Decimal;
type Field = readonly [string, (item: BillItem) => Value];

const longestText = 65_536;

const fields: readonly Field[] = [
  ['day', ({ day }) => day],
  ['task', ({ task }) => renderKey(task)],
  ['client', ({ client }) => client],
  ['client_name', ({ clientName }) => clientName],
  ['project', ({ project }) => project ?? ''],
  ['project_name', ({ projectName }) => projectName ?? ''],
  ['category', ({ category }) => category],
  ['problem', ({ problem }) => problem],
  ['solution', ({ solution }) => solution],
  ['affected_systems', ({ affectedSystems }) => affectedSystems.join('; ')],
  ['technologies', ({ technologies }) => technologies.join('; ')],
  ['minutes', ({ minutes }) => minutes],
  ['time_zone', ({ timeZone }) => timeZone],
  ['rate', ({ rate, currency }) => money(rate, currency)],
  ['amount', ({ amount, currency }) => money(amount, currency)],
  ['currency', ({ currency }) => currency ?? ''],
  ['correction', ({ correction }) => (correction ? 'yes' : '')],
  ['invoiced_at', ({ invoicedAt }) => invoicedAt ?? ''],
  ['minutes_from', ({ minutesFrom }) => renderSayers(minutesFrom)],
];

/**
 * Renders a bill's items as CSV (RFC 4180, but lines end as in other output) below a line of names.
 * A spreadsheet makes the sums.
 */
export function renderBillCsv({ items }: BillAnswer): string {
  const lines = items.map((item) => fields.map(([, read]) => cell(read(item))));
  return [fields.map(([name]) => name), ...lines].map((line) => line.join(',')).join('\n');
}

function money(amount: number | null, currency: string | null): Value {
  if (amount === null || currency === null) return '';
  return { decimal: renderDecimal({ amount, currency }) };
}

/**
 * Marks a text that begins like a formula with an apostrophe, because a spreadsheet would run it,
 * also behind a space and in full-width letters.
 */
function cell(value: Value): string {
  if (typeof value === 'object') return value.decimal;
  if (typeof value === 'number') return String(value);
  const line = safeLine(value, longestText);
  const text = /^[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(line) ? `'${line}` : line;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
