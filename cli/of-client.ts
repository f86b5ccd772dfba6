import type { Flags } from './command.ts';

/** Of what belongs to a client. */
export const ofClientFlag = {
  client: { type: 'string', value: 'NAME', description: "the client it is of; '' for none" },
} as const satisfies Flags;

export function readClient(client: string | undefined) {
  return client === undefined ? {} : { client: client === '' ? null : client };
}
