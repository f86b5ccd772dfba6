import * as z from 'zod/mini';
import { readBill } from '../tracker/billing/bill.ts';
import { defineOperation } from './operation.ts';

const Input = z.strictObject({
  /** The name of a client; else all clients are billed. */
  client: z.optional(z.string()),
  /** Days, `YYYY-MM-DD` in UTC, both included; by default from the first of the month to today. */
  from: z.optional(z.string()),
  to: z.optional(z.string()),
});

export const billing = defineOperation({
  name: 'billing',
  access: 'look',
  summary: 'What was done for clients in some days, and what it comes to',
  input: Input,
  answer: () => import('../model/billing/bill.ts').then(({ BillAnswer }) => BillAnswer),
  run: ({ scope }, options) => readBill(scope, options),
});
