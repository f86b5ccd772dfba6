import * as z from 'zod/mini';

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
  affectedSystems: z.array(z.string()),
  technologies: z.array(z.string()),
});
export type BillItem = z.infer<typeof BillItem>;

/** The total of a client's project; null: work of no project. */
export const BillTotal = z.object({
  client: z.string(),
  clientName: z.string(),
  project: z.nullable(z.string()),
  projectName: z.nullable(z.string()),
  items: z.int(),
  minutes: z.int(),
});
export type BillTotal = z.infer<typeof BillTotal>;

export const ClientTotal = z.object({
  client: z.string(),
  clientName: z.string(),
  items: z.int(),
  minutes: z.int(),
});
export type ClientTotal = z.infer<typeof ClientTotal>;

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
  minutes: z.int(),
});
export type BillAnswer = z.infer<typeof BillAnswer>;

/** Adds a bill up, in whole minutes. */
export function addUp(
  items: readonly BillItem[],
): Pick<BillAnswer, 'totals' | 'clients' | 'minutes'> {
  const totals = new Map<string, BillTotal>();
  const clients = new Map<string, ClientTotal>();
  for (const { client, clientName, project, projectName, minutes } of items) {
    const key = JSON.stringify([client, project]);
    const none = { client, clientName, items: 0, minutes: 0 };
    const total = totals.get(key) ?? { ...none, project, projectName };
    totals.set(key, { ...total, items: total.items + 1, minutes: total.minutes + minutes });
    const own = clients.get(client) ?? none;
    clients.set(client, { ...own, items: own.items + 1, minutes: own.minutes + minutes });
  }
  const name = ({ client, project }: BillTotal) => `${client}\0${project ?? ''}`;
  return {
    totals: [...totals.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1)),
    clients: [...clients.values()].sort((a, b) => (a.client < b.client ? -1 : 1)),
    minutes: items.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}
