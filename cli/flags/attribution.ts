import { DocketError } from '../../lib/model/errors.ts';
import type { TaskInput } from '../../lib/model/task/input.ts';
import type { Flags, FlagValues } from '../command/command.ts';

/** The client, project and infrastructure of a task. */
export const attributionFlags = {
  client: { type: 'string', value: 'NAME', description: "the client it is for; '' for none" },
  project: { type: 'string', value: 'NAME', description: "the project it belongs to; '' for none" },
  infra: { type: 'string', list: true, value: 'NAME', description: 'what it is done on' },
  billable: { type: 'boolean', description: 'its time is billed to the client' },
  'not-billable': { type: 'boolean', description: 'it is not' },
} as const satisfies Flags;

/** Every field; those that no flag gives are undefined. */
type Attribution = {
  readonly [F in 'client' | 'project' | 'infrastructure' | 'billable']: TaskInput[F] | undefined;
};

/** Reads the fields that the flags give. @throws DocketError `usage` */
export function readAttribution(flags: FlagValues<typeof attributionFlags>): Attribution {
  const { client, project, infra, billable, 'not-billable': notBillable } = flags;
  if (billable && notBillable) {
    throw new DocketError('usage', 'either --billable or --not-billable');
  }
  return {
    client,
    project,
    infrastructure: infra.length === 0 ? undefined : [...infra],
    billable: billable || notBillable ? billable : undefined,
  };
}
