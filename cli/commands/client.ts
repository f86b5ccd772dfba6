import { limits } from '../../lib/model/limits.ts';
import {
  defaultRounding,
  type RoundingMode,
  roundingModes,
} from '../../lib/model/registry/rounding.ts';
import { clientVerbs } from '../../lib/tracker/registry/fields.ts';
import { readNumber } from '../flags/shared.ts';
import { registryNoun } from './registry-noun.ts';

export const command = registryNoun({
  summary: 'Clients: who work is billed to',
  verbs: clientVerbs,
  plural: 'clients',
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
  },
  readFields: ({ 'round-to': step, rounding }) => ({
    ...(step === undefined
      ? {}
      : {
          rounding_minutes: readNumber('round-to', step, { min: 1, max: limits.roundingMinutes }),
        }),
    ...(rounding === undefined ? {} : { rounding_mode: rounding as RoundingMode }),
  }),
  example: { name: 'Acme Corp', flags: '--round-to 15 --rounding up' },
});
