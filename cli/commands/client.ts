import { limits } from '../../lib/model/limits.ts';
import { defaultMinutesRule, minutesRuleNames } from '../../lib/model/registry/minutes-rule.ts';
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
  tasks: (answer) => answer,
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
    minutes: {
      type: 'string',
      value: 'RULE',
      choices: minutesRuleNames,
      description: `which to bill; ${defaultMinutesRule} is the default, a person's word decides`,
    },
    'time-zone': {
      type: 'string',
      value: 'ZONE',
      description: 'bill in the days of this IANA time zone; empty: in those of who asks',
    },
    rate: {
      type: 'string',
      value: 'AMOUNT',
      description: 'what an hour costs, in cents (the smallest unit); empty: none',
    },
    currency: {
      type: 'string',
      value: 'CODE',
      description: 'of the rate: EUR, USD, JPY; empty: none',
    },
  },
  readFields: ({ 'round-to': step, rounding, minutes, 'time-zone': zone, rate, currency }) => ({
    rounding_minutes:
      step === undefined
        ? undefined
        : readNumber('round-to', step, { min: 1, max: limits.roundingMinutes }),
    rounding_mode: roundingModes.find((mode) => mode === rounding),
    minutes: minutesRuleNames.find((name) => name === minutes),
    time_zone: zone,
    rate: rate === undefined ? undefined : readRate(rate),
    currency,
  }),
  example: {
    name: 'Acme Corp',
    flags: '--round-to 15 --time-zone America/Phoenix --rate 12000 --currency USD',
  },
});

function readRate(text: string): number | null {
  return text === '' ? null : readNumber('rate', text, { min: 0, max: limits.rate });
}
