import type { BillAnswer, BillItem, ClientTotal } from '../../model/billing/bill.ts';
import { dayOf } from '../../model/time-zone.ts';
import { renderHours } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { renderOtherSayers, renderSayers } from '../text/minutes-from.ts';
import { renderAmounts, renderMoney } from '../text/money.ts';
import { safeLine } from '../text/safe-text.ts';
import type { TitledColumn } from '../text/table.ts';

export interface BillColumn extends TitledColumn {
  /** Whether a narrow terminal does without it. */
  readonly isLeast?: boolean;
  cell(item: BillItem): string;
}

/**
 * Gives the columns that people read, without those that would say the same on each line.
 *
 * @param withSayers whether it says who gave the minutes; a client reads no agents' names.
 */
export function billColumns(
  { client, items }: BillAnswer,
  { withSayers = false }: { readonly withSayers?: boolean } = {},
): readonly BillColumn[] {
  const isSaid = items.some(({ minutesFrom }) => renderOtherSayers(minutesFrom) !== '');
  const hasProjects = items.some(({ project }) => project !== null);
  return [
    { title: 'Day', cell: ({ day }) => day },
    { title: 'Task', cell: ({ task }) => renderKey(task) },
    ...(client === null
      ? [{ title: 'Client', gives: true, cell: ({ clientName }: BillItem) => name(clientName) }]
      : []),
    ...(hasProjects
      ? [{ title: 'Project', gives: true, cell: ({ projectName }: BillItem) => name(projectName) }]
      : []),
    {
      title: 'Category',
      gives: true,
      isLeast: true,
      cell: ({ category }) => safeLine(category, 64),
    },
    { title: 'Work', gives: true, cell: workText },
    { title: 'Minutes', align: 'right', cell: ({ minutes }) => String(minutes) },
    ...(withSayers && isSaid
      ? [{ title: 'Minutes are', gives: true, isLeast: true, cell: sayersText }]
      : []),
    ...(items.some(({ amount }) => amount !== null)
      ? [{ title: 'Amount', align: 'right' as const, cell: amountText }]
      : []),
    ...(items.some(({ invoicedAt }) => invoicedAt !== null)
      ? [{ title: 'Invoiced', cell: invoicedText }]
      : []),
  ];
}

/** Says what was done, or of which work this is a correction. */
function workText({ problem, correction }: BillItem): string {
  return safeLine(correction ? `Correction: ${problem}` : problem, 200);
}

function sayersText({ minutesFrom }: BillItem): string {
  return renderSayers(minutesFrom);
}

function invoicedText({ invoicedAt, timeZone }: BillItem): string {
  return invoicedAt === null ? '' : dayOf(invoicedAt, timeZone);
}

function amountText({ amount, currency }: BillItem): string {
  return amount === null || currency === null ? '' : renderMoney({ amount, currency });
}

/** The sums below a bill: what they are of, and their figures. */
export interface SumLine {
  readonly name: string;
  readonly isWhole?: boolean;
  readonly sum: Pick<ClientTotal, 'items' | 'minutes' | 'amounts'>;
}

/** Gives a bill's sums: by project, by client where one has several projects, and the whole. */
export function sumLines(bill: BillAnswer): readonly SumLine[] {
  const several = bill.clients.filter(
    ({ client }) => bill.totals.filter((total) => total.client === client).length > 1,
  );
  return [
    ...bill.totals.map((sum) => ({ name: totalName(sum), sum })),
    ...several.map((sum) => ({ name: `${totalName({ ...sum, projectName: null })}, all`, sum })),
    { name: 'Total', isWhole: true, sum: { ...bill, items: bill.items.length } },
  ];
}

/** Gives the sums of days; none where each day has one item, which says as much. */
export function dayLines({ client, days, items }: BillAnswer): readonly SumLine[] {
  if (days.length === items.length || days.length < 2) return [];
  return days.map((sum) => ({
    name: client === null ? `${sum.day} ${name(sum.clientName)}` : sum.day,
    sum,
  }));
}

/** Gives the columns of sums, with amounts where there are any. */
export function sumColumns(bill: BillAnswer, of: string): readonly SumColumn[] {
  return [
    { title: of, gives: true, cell: (line) => line.name },
    { title: 'Items', align: 'right', cell: ({ sum }) => String(sum.items) },
    { title: 'Minutes', align: 'right', cell: ({ sum }) => String(sum.minutes) },
    { title: 'Hours', align: 'right', cell: ({ sum }) => renderHours(sum.minutes) },
    ...(bill.amounts.length === 0
      ? []
      : [
          {
            title: 'Amount',
            align: 'right' as const,
            cell: ({ sum }: SumLine) => renderAmounts(sum.amounts),
          },
        ]),
  ];
}

interface SumColumn extends TitledColumn {
  cell(line: SumLine): string;
}

/** Names a client's project, or the client alone: `Acme Corp / Web site`. */
function totalName({
  clientName,
  projectName,
}: {
  readonly clientName: string;
  readonly projectName: string | null;
}): string {
  const client = name(clientName);
  return projectName === null ? client : `${client} / ${name(projectName)}`;
}

function name(text: string | null): string {
  return safeLine(text ?? '', 64);
}

/**
 * Names a bill with the time zone of its days: `Acme Corp, 2026-11-01 to 2026-11-30
 * (America/Phoenix)`; of all clients, `(UTC; Acme Corp: America/Phoenix)`.
 */
export function billTitle({ clientName, from, to, timeZone, items }: BillAnswer): string {
  const others = new Map(
    items
      .filter((item) => item.timeZone !== timeZone)
      .map((item) => [item.client, `${name(item.clientName)}: ${safeLine(item.timeZone, 64)}`]),
  );
  const zones = [safeLine(timeZone, 64), ...others.values()].join('; ');
  return `${clientName === null ? 'All clients' : name(clientName)}, ${from} to ${to} (${zones})`;
}
