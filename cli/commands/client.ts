import { limits } from '../../lib/model/limits.ts';
import { defaultRounding, roundingModes } from '../../lib/model/registry/rounding.ts';
import { clientOperations } from '../../lib/operations/client.ts';
import { readNumber } from '../flags/shared.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Clients: who work is billed to',
  operations: clientOperations,
  noun: 'client',
  word: 'client',
  one: ({ client }) => client,
  many: ({ clients }) => clients,
  flags: {
    'round-to': {
      type: 'string',
      value: 'MINUTES',
      description: 'bill multiples of this; 1 (the default) bills each minute',
    },
    rounding: {
      type: 'string',
      value: 'MODE',
      choices: roundingModes,
      description: `how to round to them; ${defaultRounding} is the default`,
    },
    'time-zone': {
      type: 'string',
      value: 'ZONE',
      description: 'bill in the days of this IANA time zone; empty: in those of who asks',
    },
  },
  readFields: ({ 'round-to': step, rounding, 'time-zone': zone }) => ({
    rounding_minutes:
      step === undefined
        ? undefined
        : readNumber('round-to', step, { min: 1, max: limits.roundingMinutes }),
    rounding_mode: roundingModes.find((mode) => mode === rounding),
    time_zone: zone,
  }),
  example: { name: 'Acme Corp', flags: '--round-to 15 --rounding up --time-zone America/Phoenix' },
});
