import type { Flags, FlagValues } from '../command/command.ts';

/** The flags that say which days of which clients a bill is of. */
export const billFlags = {
  client: { type: 'string', value: 'NAME', description: 'of this client; else of all' },
  from: {
    type: 'string',
    value: 'DAY',
    description: 'first day, YYYY-MM-DD; else the first of the month',
  },
  to: { type: 'string', value: 'DAY', description: 'last day, itself included; else today' },
  'time-zone': {
    type: 'string',
    value: 'ZONE',
    description: "whose days, as America/Phoenix; else the client's, or your own",
  },
} as const satisfies Flags;

/** Gives the input that the flags say. */
export function readBillInput({
  client,
  from,
  to,
  'time-zone': time_zone,
}: FlagValues<typeof billFlags>) {
  return { client, from, to, time_zone };
}
