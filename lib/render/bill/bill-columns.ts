import type { BillAnswer, BillItem } from '../../model/billing/bill.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import type { TitledColumn } from '../text/table.ts';

export interface BillColumn extends TitledColumn {
  cell(item: BillItem): string;
}

/** Gives the columns that people read, without those that would say the same on each line. */
export function billColumns({ client, items }: BillAnswer): readonly BillColumn[] {
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
    { title: 'Category', gives: true, cell: ({ category }) => safeLine(category, 64) },
    { title: 'Work', gives: true, cell: ({ problem }) => safeLine(problem, 200) },
    { title: 'Minutes', align: 'right', cell: ({ minutes }) => String(minutes) },
  ];
}

/** Names a client's project, or the client alone: `Acme Corp / Web site`. */
export function totalName({
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
