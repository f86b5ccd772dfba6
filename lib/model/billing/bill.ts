import * as z from 'zod/mini';
import { addAmounts } from '../registry/money.ts';
import { MinutesPartView } from '../run/minutes-part-view.ts';

/** One line of a bill: a work item. */
export const BillItem = z.object({
  /** Day of its completion, in its time zone. */
  day: z.string(),
  /** The client's, or that of the bill. */
  timeZone: z.string(),
  task: z.string(),
  /** Slugs, which identify, and names, which people read. */
  client: z.string(),
  clientName: z.string(),
  project: z.nullable(z.string()),
  projectName: z.nullable(z.string()),
  category: z.string(),
  problem: z.string(),
  solution: z.string(),
  minutes: z.int(),
  /** What they come from, before any rounding; empty for a correction. */
  minutesFrom: z.array(MinutesPartView),
  /** What an hour costs and what these minutes do, in the smallest unit of the currency. */
  rate: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  amount: z.nullable(z.int()),
  /** Whether it is the difference to what was invoiced before. */
  correction: z.boolean(),
  /** When it was invoiced, since when it does not change; null: not yet. */
  invoicedAt: z.nullable(z.string()),
  affectedSystems: z.array(z.string()),
  technologies: z.array(z.string()),
});
export type BillItem = z.infer<typeof BillItem>;

/** The sums of amounts, each currency by itself. */
const Amounts = z.array(z.object({ currency: z.string(), amount: z.int() }));

/** The total of a client's project; null: work of no project. */
export const BillTotal = z.object({
  client: z.string(),
  clientName: z.string(),
  project: z.nullable(z.string()),
  projectName: z.nullable(z.string()),
  items: z.int(),
  minutes: z.int(),
  amounts: Amounts,
});
export type BillTotal = z.infer<typeof BillTotal>;

export const ClientTotal = z.object({
  client: z.string(),
  clientName: z.string(),
  items: z.int(),
  minutes: z.int(),
  amounts: Amounts,
});
export type ClientTotal = z.infer<typeof ClientTotal>;

/** The total of a client's day, in the client's time zone. */
export const DayTotal = z.extend(ClientTotal, { day: z.string() });
export type DayTotal = z.infer<typeof DayTotal>;

export const BillAnswer = z.object({
  /** The first and the last day. */
  from: z.string(),
  to: z.string(),
  /** The time zone of the days, but for items of clients that have another one. */
  timeZone: z.string(),
  /** Slug of the client that was asked for; null: all clients. */
  client: z.nullable(z.string()),
  clientName: z.nullable(z.string()),
  /** Sorted by day. */
  items: z.array(BillItem),
  /** Sorted by client and project. */
  totals: z.array(BillTotal),
  clients: z.array(ClientTotal),
  /** Sorted by day and client. */
  days: z.array(DayTotal),
  minutes: z.int(),
  amounts: Amounts,
});
export type BillAnswer = z.infer<typeof BillAnswer>;

/** Adds a bill up, in whole minutes and in the amounts of its lines. */
export function addUp(
  items: readonly BillItem[],
): Pick<BillAnswer, 'totals' | 'clients' | 'days' | 'minutes' | 'amounts'> {
  return {
    totals: sums(
      items,
      ({ client, project }) => `${client}\0${project ?? ''}`,
      ({ project, projectName }) => ({ project, projectName }),
    ),
    clients: sums(
      items,
      ({ client }) => client,
      () => ({}),
    ),
    days: sums(
      items,
      ({ day, client }) => `${day}\0${client}`,
      ({ day }) => ({ day }),
    ),
    ...sumOf(items),
  };
}

/** Adds up the items that have a key in common, sorted by it. */
function sums<T extends object>(
  items: readonly BillItem[],
  keyOf: (item: BillItem) => string,
  own: (item: BillItem) => T,
): (ClientTotal & T)[] {
  return [...Map.groupBy(items, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => {
      if (first === undefined) return [];
      const { client, clientName } = first;
      const all = [first, ...rest];
      return [{ client, clientName, items: all.length, ...sumOf(all), ...own(first) }];
    });
}

function sumOf(items: readonly BillItem[]) {
  return {
    minutes: items.reduce((sum, { minutes }) => sum + minutes, 0),
    amounts: addAmounts(items),
  };
}
