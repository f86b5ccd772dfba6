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
      ? [{ title: 'Client', gives: true, cell: (item: BillItem) => safeLine(item.client, 64) }]
      : []),
    ...(hasProjects
      ? [{ title: 'Project', gives: true, cell: ({ project }: BillItem) => slug(project) }]
      : []),
    { title: 'Category', gives: true, cell: ({ category }) => safeLine(category, 64) },
    { title: 'Work', gives: true, cell: ({ problem }) => safeLine(problem, 200) },
    { title: 'Minutes', align: 'right', cell: ({ minutes }) => String(minutes) },
  ];
}

/** Names a client's project, or the client alone: `acme / web site`. */
export function totalName({
  client,
  project,
}: {
  readonly client: string;
  readonly project: string | null;
}): string {
  const name = safeLine(client, 64);
  return project === null ? name : `${name} / ${slug(project)}`;
}

function slug(text: string | null): string {
  return safeLine(text ?? '', 64);
}

/**
 * Names a bill with the time zone of its days: `acme, 2026-11-01 to 2026-11-30 (America/Phoenix)`;
 * of all clients, `(UTC; acme: America/Phoenix)`.
 */
export function billTitle({ client, from, to, timeZone, items }: BillAnswer): string {
  const others = new Map(
    items
      .filter((item) => item.timeZone !== timeZone)
      .map((item) => [item.client, `${safeLine(item.client, 64)}: ${safeLine(item.timeZone, 64)}`]),
  );
  const zones = [safeLine(timeZone, 64), ...others.values()].join('; ');
  return `${client === null ? 'All clients' : safeLine(client, 64)}, ${from} to ${to} (${zones})`;
}
