import * as z from 'zod/mini';
import { personalTimeZone } from '../model/time-zone.ts';
import { readBill } from '../tracker/billing/bill.ts';
import { defineOperation } from './operation.ts';

/** The days and the client of a bill. */
export const BillInput = z.strictObject({
  /** The name of a client; else all clients are billed. */
  client: z.optional(z.string()),
  /** Days, `YYYY-MM-DD`, both included; by default from the first of the month to today. */
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  /** The IANA time zone of the days; else each client's, or that of the process. */
  time_zone: z.optional(z.string()),
});

export const billing = defineOperation({
  name: 'billing',
  access: 'look',
  summary: 'What was done for clients in some days, and what it comes to',
  input: z.extend(BillInput, {
    /** Of every list in the database. */
    all_workspaces: z.optional(z.boolean()),
  }),
  answer: () => import('../model/billing/bill.ts').then(({ BillAnswer }) => BillAnswer),
  run: ({ scope, env }, { time_zone: timeZone, all_workspaces: allWorkspaces, ...options }) =>
    readBill(scope, { ...options, timeZone, allWorkspaces, ownTimeZone: personalTimeZone(env) }),
});
